import fc from 'fast-check';
import { deriveStatus, statusAt, type PlatformState, type StatusFacts } from './derive-status';
import { followTime } from './follow-time';
import { reportExpiry } from './report-lifetime';
import { OUTCOMES, PLATFORMS, type Outcome, type Platform, type RegistrationReport } from './registration-report';
import { MOVES } from './transition';
import { USER_STATUSES } from './user-status';

const NOW = new Date('2026-11-24T10:00:00Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

function report(
  platform: Platform,
  outcome: Outcome,
  reported: number,
  options: Partial<RegistrationReport> & { expiresIn?: number } = {},
): RegistrationReport {
  const { expiresIn = 3600, ...rest } = options;
  return {
    deviceId: `${platform}-1`,
    platform,
    outcome,
    sip: outcome === 'failed' ? { code: 503, reason: 'io error', source: 'client' } : null,
    since: at(reported),
    reportedAt: at(reported),
    expiresAt: reportExpiry(outcome, at(reported), expiresIn),
    ...rest,
  };
}

const facts = (registrations: RegistrationReport[], rest: Partial<StatusFacts> = {}): StatusFacts => ({
  removed: false,
  credential: 'ready',
  zoomStatus: 'active',
  registrations,
  ...rest,
});

const inState = (platform: Platform, state: PlatformState): RegistrationReport[] => {
  switch (state) {
    case 'none':
      return [];
    case 'registered':
      return [report(platform, 'registered', -60)];
    case 'failed':
      return [report(platform, 'failed', -60)];
    case 'lapsed':
      return [report(platform, 'registered', -7200)];
  }
};

const TABLE: [PlatformState, PlatformState, string][] = [
  ['none', 'none', 'inactive'],
  ['none', 'registered', 'registered'],
  ['none', 'failed', 'sip_error'],
  ['none', 'lapsed', 'inactive'],
  ['registered', 'none', 'registered'],
  ['registered', 'registered', 'registered'],
  ['registered', 'failed', 'sip_error'],
  ['registered', 'lapsed', 'registered'],
  ['failed', 'none', 'sip_error'],
  ['failed', 'registered', 'sip_error'],
  ['failed', 'failed', 'sip_error'],
  ['failed', 'lapsed', 'sip_error'],
  ['lapsed', 'none', 'inactive'],
  ['lapsed', 'registered', 'registered'],
  ['lapsed', 'failed', 'sip_error'],
  ['lapsed', 'lapsed', 'inactive'],
];

describe('deriveStatus', () => {
  describe.each(TABLE)('desktop %s, mobile %s', (desktop, mobile, expected) => {
    const registrations = [...inState('desktop', desktop), ...inState('mobile', mobile)];

    it(`is ${expected}`, () => {
      const derived = deriveStatus(facts(registrations), NOW);
      expect(derived.status).toBe(expected);
      expect(derived.sip === null).toBe(expected !== 'sip_error');
    });

    it.each([
      ['removed', { removed: true }],
      ['removed', { removed: true, credential: 'none', zoomStatus: 'inactive' }],
      ['pending', { credential: 'none' }],
      ['pending', { credential: 'revoked', zoomStatus: 'inactive' }],
      ['inactive', { zoomStatus: 'inactive' }],
    ] as const)('is %s when %j', (gated, rest) => {
      expect(deriveStatus(facts(registrations, rest), NOW)).toEqual({ status: gated, sip: null, nextChangeAt: null });
    });
  });

  it('does not wait for Zoom: unknown and not yet accepted users are judged by their devices', () => {
    const registrations = [report('desktop', 'registered', -1)];
    expect(statusAt(facts(registrations, { zoomStatus: null }), NOW).status).toBe('registered');
    expect(statusAt(facts(registrations, { zoomStatus: 'pending' }), NOW).status).toBe('registered');
  });

  it('lapses a registration exactly at its expiry', () => {
    const registrations = [report('desktop', 'registered', 0, { expiresIn: 60 })];
    expect(statusAt(facts(registrations), new Date(at(60).getTime() - 1)).status).toBe('registered');
    expect(statusAt(facts(registrations), at(60)).status).toBe('inactive');
    expect(deriveStatus(facts(registrations), NOW).nextChangeAt).toEqual(at(60));
  });

  it('forgets a failure that is not repeated for 24 hours', () => {
    const registrations = [report('mobile', 'failed', 0)];
    expect(statusAt(facts(registrations), at(86_399)).status).toBe('sip_error');
    expect(statusAt(facts(registrations), at(86_400)).status).toBe('inactive');
  });

  it('lapses an unregistered report at once', () => {
    expect(deriveStatus(facts([report('desktop', 'unregistered', 0)]), NOW)).toMatchObject({
      status: 'inactive',
      nextChangeAt: null,
    });
  });

  it('lets a reinstalled app (new device id) replace the failure of the old one, for good', () => {
    const old = report('desktop', 'failed', -100, { deviceId: 'old' });
    const fresh = report('desktop', 'registered', -50, { deviceId: 'new', expiresIn: 60 });
    expect(deriveStatus(facts([old, fresh]), NOW)).toMatchObject({ status: 'registered', nextChangeAt: at(10) });
    expect(statusAt(facts([old, fresh]), at(10)).status).toBe('inactive');
  });

  it('shows the failure of a new device before the live registration of the old one', () => {
    const old = report('desktop', 'registered', -100, { deviceId: 'old' });
    const fresh = report('desktop', 'failed', -50, { deviceId: 'new' });
    expect(statusAt(facts([fresh, old]), NOW)).toEqual({ status: 'sip_error', sip: fresh });
  });

  it('keeps a user registered while one of two desktops is', () => {
    const office = report('desktop', 'registered', -100, { deviceId: 'office' });
    const home = report('desktop', 'unregistered', -50, { deviceId: 'home' });
    expect(deriveStatus(facts([office, home]), NOW)).toMatchObject({
      status: 'registered',
      nextChangeAt: office.expiresAt,
    });
  });

  it('names the newer of two failures, then the other one', () => {
    const desktop = report('desktop', 'failed', -100);
    const mobile = report('mobile', 'failed', -50);
    const derived = deriveStatus(facts([mobile, desktop]), NOW);
    expect(derived).toEqual({ status: 'sip_error', sip: mobile, nextChangeAt: mobile.expiresAt });
    expect(deriveStatus(facts([mobile, desktop]), mobile.expiresAt).status).toBe('inactive');
  });
});

describe('time, over arbitrary reports', () => {
  const reports = fc.array(
    fc
      .record({
        platform: fc.constantFrom(...PLATFORMS),
        outcome: fc.constantFrom(...OUTCOMES),
        reported: fc.integer({ min: -200_000, max: 0 }),
        expiresIn: fc.integer({ min: 1, max: 604_800 }),
        device: fc.integer({ min: 1, max: 30 }),
      })
      .map(({ platform, outcome, reported, expiresIn, device }) =>
        report(platform, outcome, reported, { expiresIn, deviceId: `device-${device}` }),
      ),
    { maxLength: 20 },
  );
  const arbitrary = fc.record({
    removed: fc.boolean(),
    credential: fc.constantFrom('none' as const, 'ready' as const, 'ready' as const, 'revoked' as const),
    zoomStatus: fc.constantFrom('active' as const, 'inactive' as const, 'pending' as const, null),
    registrations: reports,
  });

  it('changes exactly at nextChangeAt and not before', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const { nextChangeAt, ...present } = deriveStatus(given, NOW);
        expect(USER_STATUSES).toContain(present.status);
        expect(present.sip === null).toBe(present.status !== 'sip_error');
        const horizon = nextChangeAt ?? at(10_000_000);
        expect(horizon.getTime()).toBeGreaterThan(NOW.getTime());
        expect(statusAt(given, new Date(horizon.getTime() - 1))).toEqual(present);
        if (nextChangeAt === null) expect(statusAt(given, horizon)).toEqual(present);
        else expect(statusAt(given, horizon)).not.toEqual(present);
      }),
      { numRuns: 500 },
    );
  });

  it('moves only along the table, ends where deriving ends, and never dates a change ahead', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 0, max: 1_000_000 }), (given, later) => {
        const start = deriveStatus(given, NOW);
        const stored = { status: start.status, statusSince: NOW, statusExpiresAt: start.nextChangeAt };
        const then = followTime(stored, given, at(later));
        expect(then.status).toBe(statusAt(given, at(later)).status);
        expect(then.statusExpiresAt).toEqual(deriveStatus(given, at(later)).nextChangeAt);
        expect(then.statusSince.getTime()).toBeLessThanOrEqual(at(later).getTime());
        if (then.status !== stored.status && then.statusSince > NOW) {
          const before = statusAt(given, new Date(then.statusSince.getTime() - 1)).status;
          expect(MOVES[before]).toContain(then.status);
        }
      }),
      { numRuns: 500 },
    );
  });
});
