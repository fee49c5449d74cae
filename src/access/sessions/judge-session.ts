/** Without a person's hand for this long, a session is over. */
export const IDLE_SECONDS = 30 * 60;
/** After this long, however busy it was. */
export const ABSOLUTE_SECONDS = 12 * 3600;
/** While in use, a session has its admin's role looked at again when nobody has for this long. */
const LOOK_AGAIN_SECONDS = 15 * 60;
/** A look that came to nothing (the provider is away) is tried again after this long. */
const NEXT_TRY_SECONDS = 60;
/** The last use is written down at most this often. */
const TOUCH_SECONDS = 30;

/** Why a session is over by itself; `user_left` and so on are what a look at its grant has found. */
export type SessionEnd = 'expired' | 'idle' | 'disconnected' | 'grant_dead' | (typeof ENDING_RISKS)[number];

/**
 * What may be known against a grant that lives, and is about its admin. Not `keep_alive_failed`: that nobody could ask
 * the provider says nothing about the admin, and twelve hours end the session anyway.
 */
const ENDING_RISKS = ['role_missing', 'user_left', 'user_deactivated', 'token_refused'] as const;

/** What decides about a session. */
export interface SessionFacts {
  seenAt: Date;
  lookedAt: Date;
  expiresAt: Date;
  grantState: string;
  atRiskReason: string | null;
  /** When the grant was last seen to work with all its rights. */
  checkedAt: Date | null;
  connectorState: string;
}

const secondsSince = (then: Date, now: Date): number => (now.getTime() - then.getTime()) / 1000;

/** undefined: it goes on. */
export function whyOver(session: SessionFacts, now: Date): SessionEnd | undefined {
  if (session.connectorState === 'disconnected') return 'disconnected';
  if (session.grantState === 'dead') return 'grant_dead';
  const risk = ENDING_RISKS.find((reason) => reason === session.atRiskReason);
  if (risk !== undefined) return risk;
  if (now >= session.expiresAt) return 'expired';
  return secondsSince(session.seenAt, now) >= IDLE_SECONDS ? 'idle' : undefined;
}

/** Before when a session must have been used, or looked at, to be found by a query for those that are over or due. */
export const idleBefore = (now: Date): Date => new Date(now.getTime() - IDLE_SECONDS * 1000);
export const triedBefore = (now: Date): Date => new Date(now.getTime() - NEXT_TRY_SECONDS * 1000);

/** Whether the admin's role is to be looked at before anything is done in their name. */
export const isLookDue = ({ checkedAt, lookedAt }: SessionFacts, now: Date): boolean =>
  (checkedAt === null || secondsSince(checkedAt, now) >= LOOK_AGAIN_SECONDS) && lookedAt <= triedBefore(now);

export const isTouchDue = ({ seenAt }: SessionFacts, now: Date): boolean => secondsSince(seenAt, now) >= TOUCH_SECONDS;
