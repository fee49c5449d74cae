import type { LockedUser } from '../plan-types';
import { followFacts } from './follow-facts';

const NOW = new Date('2026-11-24T10:00:00Z');
const EARLIER = new Date('2026-11-01T10:00:00Z');
const STORED: LockedUser = {
  userId: 'user-1',
  email: 'anna@example.com',
  displayName: 'Anna at CloudLink',
  hasZoomName: false,
  zoomUserId: 'zoom-1',
  zoomStatus: 'active',
  cloudlinkUserId: 'cl-1',
  membership: 'automatic',
  credentialState: 'ready',
  fingerprint: null,
  registrations: [],
  status: 'inactive',
  statusSince: EARLIER,
  statusExpiresAt: null,
};
const ZOOM = { id: 'zoom-1', email: 'anna@example.com', displayName: 'Anna at Zoom', status: 'active' } as const;

describe('followFacts', () => {
  it('has nothing to write when nothing has changed', () => expect(followFacts(STORED, ZOOM, NOW)).toBeUndefined());

  it('keeps since when a status is what it was', () =>
    expect(
      followFacts({ ...STORED, status: 'pending', credentialState: 'none' }, { ...ZOOM, status: 'inactive' }, NOW),
    ).toEqual({
      userId: 'user-1',
      zoomUserId: 'zoom-1',
      zoomStatus: 'inactive',
      displayName: 'Anna at CloudLink',
      status: 'pending',
      statusSince: EARLIER,
      statusExpiresAt: null,
    }));

  it('derives the status from registrations too', () => {
    const registration = {
      deviceId: 'd',
      platform: 'desktop',
      outcome: 'registered',
      sip: null,
      since: EARLIER,
      reportedAt: NOW,
      expiresAt: new Date(NOW.getTime() + 60_000),
    } as const;
    const stored = { ...STORED, zoomStatus: 'inactive', registrations: [registration] } as const;
    expect(followFacts({ ...stored, registrations: [registration] }, ZOOM, NOW)).toMatchObject({
      zoomStatus: 'active',
      status: 'registered',
      statusSince: NOW,
      statusExpiresAt: registration.expiresAt,
    });
  });

  it.each([
    [{ hasZoomName: true }, 'Anna at Zoom'],
    [{ displayName: '' }, 'Anna at Zoom'],
  ])('shows Zoom’s name of %j', (changes, displayName) =>
    expect(followFacts({ ...STORED, ...changes }, ZOOM, NOW)).toMatchObject({ displayName }),
  );

  it('learns the id of who has accepted an invitation', () =>
    expect(followFacts({ ...STORED, zoomUserId: null, zoomStatus: 'pending' }, ZOOM, NOW)).toMatchObject({
      zoomUserId: 'zoom-1',
      zoomStatus: 'active',
    }));
});
