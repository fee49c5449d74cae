import type { Registration } from './registration';

/** Desktop and mobile of a few years of reinstalls; beyond it is a client that makes up a new id each time. */
export const MAX_DEVICES = 20;

/** The devices to forget so that at most MAX_DEVICES stay: lapsed ones first, the longest silent first. */
export function pickSurplus(registrations: readonly Registration[], now: Date): string[] {
  const surplus = registrations.length - MAX_DEVICES;
  if (surplus <= 0) return [];
  const isLive = (registration: Registration): boolean => registration.expiresAt > now;
  return [...registrations]
    .sort((a, b) => Number(isLive(a)) - Number(isLive(b)) || a.reportedAt.getTime() - b.reportedAt.getTime())
    .slice(0, surplus)
    .map(({ deviceId }) => deviceId);
}
