import { assertNever } from '../platform/errors/assert-never';
import type { RegistrationTarget, TargetRole } from './parse-target';

type Place = 'desktop_onsite' | 'desktop_remote' | 'mobile';

/**
 * Which roles an app may register with, in the order in which it should try them.
 * Desktop on site: straight to the PBX; the SBC is the way out when the PBX does not answer.
 * Desktop elsewhere: the SBC. Where there is none the PBX is still handed out, because a VPN may reach it.
 * Mobile: never the PBX, not even as the last one: the phone leaves the building, and only the SBC can wake it by push.
 */
const ROLES: Record<Place, readonly TargetRole[]> = {
  desktop_onsite: ['pbx', 'sbc', 'backup_sbc'],
  desktop_remote: ['sbc', 'backup_sbc'],
  mobile: ['sbc', 'backup_sbc'],
};

/** Targets of equal role keep the order in which CloudLink gave them. The answer may be empty. */
export function orderTargets(
  targets: readonly RegistrationTarget[],
  platform: 'desktop' | 'mobile',
  onsite = false,
): RegistrationTarget[] {
  const place = placeOf(platform, onsite);
  const ordered = ROLES[place].flatMap((role) => targets.filter((target) => target.role === role));
  return ordered.length === 0 && place === 'desktop_remote' ? [...targets] : ordered;
}

function placeOf(platform: 'desktop' | 'mobile', onsite: boolean): Place {
  switch (platform) {
    case 'desktop':
      return onsite ? 'desktop_onsite' : 'desktop_remote';
    case 'mobile':
      return 'mobile';
    default:
      return assertNever(platform);
  }
}
