import type { Grant, Side } from '../types';

const DAY_MS = 86_400_000;
/** So long it is told that a standby has taken over. */
const TOLD_DAYS = 14;

/** The grant that ended last. */
export function newestDead({ grants }: Pick<Side, 'grants'>): Grant | undefined {
  const dead = grants.filter(({ state, deadAt }) => state === 'dead' && deadAt !== null);
  return dead.sort((a, b) => (b.deadAt ?? '').localeCompare(a.deadAt ?? ''))[0];
}

export interface TakenOver {
  from: string;
  to: string;
  code: string;
}

/** Lately an admin's grant ended, and that of another one, who had authorised before, goes on for it. */
export function takenOver(side: Pick<Side, 'grants'>, now: number): TakenOver | undefined {
  const active = side.grants.find(({ state }) => state === 'active');
  const dead = newestDead(side);
  if (active === undefined || dead?.deadAt == null || dead.kind !== 'admin' || dead.admin === active.admin)
    return undefined;
  const stoodBy = active.authorisedAt < dead.deadAt;
  const isRecent = now - Date.parse(dead.deadAt) < TOLD_DAYS * DAY_MS;
  return stoodBy && isRecent ? { from: dead.admin, to: active.admin, code: dead.deadReason ?? '' } : undefined;
}
