import type { RegistrationReport } from './registration-report';
import { statusAfterSync, type StoredStatus } from './status-after-sync';

const NOW = new Date('2026-11-24T10:00:00Z');
const EARLIER = new Date('2026-11-23T10:00:00Z');
const SOON = new Date('2026-11-24T11:00:00Z');

const live: RegistrationReport = {
  deviceId: 'a',
  platform: 'desktop',
  outcome: 'registered',
  sip: null,
  since: EARLIER,
  reportedAt: EARLIER,
  expiresAt: SOON,
};
const stored = (status: StoredStatus['status'], statusExpiresAt: Date | null = null): StoredStatus => ({
  status,
  statusSince: EARLIER,
  statusExpiresAt,
});
const base = { credential: 'ready', zoomStatus: 'active', removed: false, registrations: [], now: NOW } as const;
const run = (change: Partial<Parameters<typeof statusAfterSync>[0]>): StoredStatus =>
  statusAfterSync({ ...base, registrations: [], current: undefined, ...change });

describe('statusAfterSync', () => {
  it('starts a new user at pending or inactive', () => {
    expect(run({ credential: 'none' })).toEqual({ status: 'pending', statusSince: NOW, statusExpiresAt: null });
    expect(run({})).toEqual({ status: 'inactive', statusSince: NOW, statusExpiresAt: null });
  });

  it('makes a pending user inactive when the credential comes', () => {
    expect(run({ current: stored('pending') })).toEqual({
      status: 'inactive',
      statusSince: NOW,
      statusExpiresAt: null,
    });
  });

  it('changes nothing, not even the date, when the facts say the same', () => {
    expect(run({ current: stored('inactive') })).toEqual(stored('inactive'));
    expect(run({ current: stored('registered', SOON), registrations: [live] })).toEqual(stored('registered', SOON));
    expect(run({ current: stored('removed'), removed: true })).toEqual(stored('removed'));
  });

  it('takes a registered user back to pending when the credential is revoked', () => {
    expect(run({ current: stored('registered', SOON), credential: 'revoked', registrations: [live] })).toEqual({
      status: 'pending',
      statusSince: NOW,
      statusExpiresAt: null,
    });
  });

  it('deactivates and removes', () => {
    const current = stored('registered', SOON);
    expect(run({ current, zoomStatus: 'inactive', registrations: [live] }).status).toBe('inactive');
    expect(run({ current, removed: true, registrations: [live] }).status).toBe('removed');
  });

  it.each(['pending', 'removed'] as const)(
    'finds a registration that outlived %s without an illegal move',
    (status) => {
      expect(run({ current: stored(status), registrations: [live] })).toEqual({
        status: 'registered',
        statusSince: NOW,
        statusExpiresAt: SOON,
      });
    },
  );

  it('dates an expiry that nobody had noticed by the expiry', () => {
    const expired = new Date('2026-11-24T09:00:00Z');
    expect(run({ current: stored('registered', expired), registrations: [{ ...live, expiresAt: expired }] })).toEqual({
      status: 'inactive',
      statusSince: expired,
      statusExpiresAt: null,
    });
  });
});
