import type { ConnectorFacts } from '../facts';

/** Fewer than these are people, not a registrar. */
const MIN_LOST = 5;
const LOST_SHARE = 0.2;
const MIN_MOBILES = 3;
/** A sync may be late by a run that failed and one that waits. */
const STALE_INTERVALS = 4;
const STALE_MIN_SECONDS = 3600;

/**
 * A registrar that suddenly refuses many whom it knew has lost its users, not they their hashes: one whose database is gone
 * answers everybody like a wrong hash.
 */
export function lostItsUsers({ lostLately, registered }: ConnectorFacts): boolean {
  return lostLately.users >= Math.max(MIN_LOST, LOST_SHARE * (registered + lostLately.users));
}

/** Desktops register, and of the mobiles none: what only they send are the fields for push (RFC 8599). */
export function onlyMobilesAreRefused({ mobile, desktop }: ConnectorFacts): boolean {
  return mobile.registered === 0 && mobile.refused >= MIN_MOBILES && desktop.registered >= MIN_MOBILES;
}

export function isSyncStale({ now, syncedAt, syncInterval }: ConnectorFacts): boolean {
  if (syncedAt === null) return true;
  const seconds = (now.getTime() - syncedAt.getTime()) / 1000;
  return seconds > Math.max(STALE_MIN_SECONDS, STALE_INTERVALS * syncInterval);
}
