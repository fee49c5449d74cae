import { userSyncJob } from './user-sync-job';

const wish = { connectorId: 'c1', userId: 'u1', requestedAt: new Date('2026-11-29T12:00:00.000Z'), isZoomRead: false };

describe('the job of a wish to have a user read', () => {
  const keyOf = (change: object): unknown => userSyncJob({ ...wish, ...change }).jobKey;

  test('keeps its place from step to step, and never takes that of another wish', () => {
    expect(keyOf({ isZoomRead: true })).toBe(keyOf({}));
    for (const other of [
      { requestedAt: new Date('2026-11-29T12:00:01.000Z') },
      { userId: 'u2' },
      { connectorId: 'c2' },
    ])
      expect(keyOf(other)).not.toBe(keyOf({}));
  });
});
