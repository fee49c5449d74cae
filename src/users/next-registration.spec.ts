import { nextRegistration, type FreshReport } from './next-registration';
import { MAX_DEVICES, pickSurplus } from './pick-surplus';
import type { Registration } from './registration';

const T0 = new Date('2026-11-24T10:00:00Z');
const after = (seconds: number): Date => new Date(T0.getTime() + seconds * 1000);
const fresh = (change: Partial<FreshReport> = {}): FreshReport => ({
  deviceId: 'd',
  platform: 'desktop',
  outcome: 'registered',
  appVersion: null,
  target: null,
  sip: null,
  expiresIn: 60,
  sequence: null,
  ...change,
});
const failure = (code: number): FreshReport =>
  fresh({ outcome: 'failed', sip: { code, reason: '', source: 'registrar' } });

describe('nextRegistration', () => {
  const sinceOf = (first: FreshReport, second: FreshReport, seconds: number): Date =>
    nextRegistration(nextRegistration(undefined, first, T0), second, after(seconds)).since;

  it.each<[string, FreshReport, FreshReport, number, boolean]>([
    ['a renewed registration', fresh(), fresh(), 59, true],
    ['a registration after a gap', fresh(), fresh(), 60, false],
    ['the same failure', failure(503), failure(503), 3600, true],
    ['the same failure after a day', failure(503), failure(503), 86_400, false],
    ['another code', failure(503), failure(403), 1, false],
    ['another outcome', fresh(), failure(403), 1, false],
    ['another platform', fresh(), fresh({ platform: 'mobile' }), 1, false],
    ['unregistered again', fresh({ outcome: 'unregistered' }), fresh({ outcome: 'unregistered' }), 99, true],
    [
      'a registration with and without code',
      fresh({ sip: { code: 200, reason: 'OK', source: 'registrar' } }),
      fresh(),
      1,
      true,
    ],
  ])('%s', (_, first, second, seconds, continues) => {
    expect(sinceOf(first, second, seconds)).toEqual(continues ? T0 : after(seconds));
  });

  it('keeps nothing of the report before', () => {
    const before = nextRegistration(undefined, { ...failure(503), appVersion: '1' }, T0);
    expect(nextRegistration(before, fresh(), after(5))).toEqual({
      deviceId: 'd',
      platform: 'desktop',
      outcome: 'registered',
      appVersion: null,
      target: null,
      sip: null,
      sequence: null,
      since: after(5),
      reportedAt: after(5),
      expiresAt: after(65),
    });
  });
});

describe('pickSurplus', () => {
  const device = (deviceId: string, reported: number, expiresIn: number): Registration =>
    nextRegistration(undefined, fresh({ deviceId, expiresIn }), after(reported));
  const live = Array.from({ length: MAX_DEVICES }, (_, n) => device(`live${n}`, n, 86_400));

  it('drops nothing up to the limit', () => {
    expect(pickSurplus(live, after(100))).toEqual([]);
  });

  it('drops the longest lapsed first, then the longest silent', () => {
    expect(pickSurplus([...live, device('late', 50, 1), device('early', 40, 1)], after(100))).toEqual([
      'early',
      'late',
    ]);
    expect(pickSurplus([...live, device('one', 60, 86_400)], after(100))).toEqual(['live0']);
  });
});
