import type { Session } from './session';
import { createTold } from './told';

/** Why somebody who was signed in is not any more, without having signed out here. */
export type SessionEnd = 'idle' | 'expired' | 'ended';

/** How far the page's knowledge of its last use may lie behind the service's: one look at the session and a little. */
const LATE_MS = 90_000;

/**
 * The service says only that a session is over; when it was used last, and how long it may live, is known here.
 * @param usedAt when it was last seen to be good while a person was there
 */
export function whyEnded({ idleSeconds, expiresAt }: Session, now: number, usedAt: number): SessionEnd {
  if (now >= Date.parse(expiresAt)) return 'expired';
  return now - usedAt >= idleSeconds * 1000 - LATE_MS ? 'idle' : 'ended';
}

/** For the sign-in page. */
export const sessionEnd = createTold<SessionEnd>();
