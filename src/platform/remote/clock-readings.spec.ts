import { noteClock, withClockReadings } from './clock-readings';

const SENT = new Date('2026-11-25T10:00:00.100Z');
const RECEIVED = new Date('2026-11-25T10:00:00.900Z');
const DATE = 'Wed, 25 Nov 2026 10:00:00 GMT';

describe('clock readings', () => {
  it('are kept for the scope in which the answers came, however deep', async () => {
    const { result, readings } = await withClockReadings(async () => {
      await Promise.all([
        Promise.resolve().then(() => noteClock('zoom', { date: DATE }, SENT, RECEIVED)),
        Promise.resolve().then(() => noteClock('cloudlink', { date: DATE, age: '0' }, SENT, RECEIVED)),
      ]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(readings).toEqual([
      { provider: 'zoom', sentAt: SENT.getTime(), receivedAt: RECEIVED.getTime(), date: Date.parse(DATE) },
      { provider: 'cloudlink', sentAt: SENT.getTime(), receivedAt: RECEIVED.getTime(), date: Date.parse(DATE) },
    ]);
  });

  it.each([
    ['no date', {}],
    ['a date that is none', { date: 'yesterday' }],
    ['an answer that a cache has kept', { date: DATE, age: '30' }],
  ])('do not count %s', async (_name, headers) => {
    const { readings } = await withClockReadings(async () => noteClock('zoom', headers, SENT, RECEIVED));
    expect(readings).toEqual([]);
  });

  it('are none outside of a scope', async () => {
    noteClock('zoom', { date: DATE }, SENT, RECEIVED);
    expect((await withClockReadings(async () => undefined)).readings).toEqual([]);
  });
});
