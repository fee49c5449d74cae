import type { RegistrationTarget, TargetRole } from './parse-target';
import type { Place } from './place-of';

export type TargetPlatform = 'desktop' | 'mobile';

const SBC_ONLY: readonly TargetRole[] = ['sbc', 'backup_sbc'];

/**
 * Which roles an app may register with, in the order in which it should try them.
 * Desktop on site: straight to the PBX; the SBC is the way out when the PBX does not answer.
 * Desktop elsewhere: the SBC.
 * Mobile: never the PBX, not even as the last one: the phone leaves the building, and only the SBC can wake it by push.
 */
const ROLES: Record<TargetPlatform, Record<Place, readonly TargetRole[]>> = {
  desktop: { onsite: ['pbx', ...SBC_ONLY], remote: SBC_ONLY, unknown: SBC_ONLY },
  mobile: { onsite: SBC_ONLY, remote: SBC_ONLY, unknown: SBC_ONLY },
};

/**
 * Targets of equal role keep the order in which CloudLink gave them. The answer may be empty.
 * A desktop at an unknown place whose user has no SBC at all is given the PBX: it may well be on site.
 */
export function orderTargets(
  targets: readonly RegistrationTarget[],
  platform: TargetPlatform,
  place: Place,
): RegistrationTarget[] {
  const ordered = ROLES[platform][place].flatMap((role) => targets.filter((target) => target.role === role));
  return ordered.length === 0 && platform === 'desktop' && place === 'unknown' ? [...targets] : ordered;
}
