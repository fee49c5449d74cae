import { timeTicks } from './time-ticks';

const NOW = new Date(2026, 10, 25, 17, 20).getTime();
const local = (times: number[]) => times.map((time) => new Date(time).toString().slice(4, 21));

describe('timeTicks', () => {
  it('labels a day at full hours', () => {
    const { from, to, at } = timeTicks(NOW, 24);
    expect(to - from).toBe(86_400_000);
    expect(local(at)).toEqual([
      'Nov 24 2026 20:00',
      'Nov 25 2026 00:00',
      'Nov 25 2026 04:00',
      'Nov 25 2026 08:00',
      'Nov 25 2026 12:00',
      'Nov 25 2026 16:00',
    ]);
  });

  it('labels a week at midnights', () => {
    const { at } = timeTicks(NOW, 168);
    expect(at).toHaveLength(7);
    expect(local(at).at(-1)).toBe('Nov 25 2026 00:00');
  });

  it('labels a month at every fifth midnight', () => {
    const { at } = timeTicks(NOW, 720);
    expect(local(at).slice(-2)).toEqual(['Nov 20 2026 00:00', 'Nov 25 2026 00:00']);
    expect(at).toHaveLength(6);
  });
});
