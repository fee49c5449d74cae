import { ZOOM_PRIVILEGES, ZOOM_SCOPES } from '../assumptions';
import type { PreflightFacts } from '../facts';
import { found, type Finding } from '../findings';
import { judgeAuthorisation, judgeLook, scopesOf } from './look-rules';
import { stateOfShare } from './state-of-share';

export const zoomAuthorised = ({ zoom }: PreflightFacts): Finding => judgeAuthorisation('zoom', zoom.grant, zoom.admin);

/** The admin's role must have the privileges now: a role that was changed later shows here. */
export const zoomRole = ({ zoom }: PreflightFacts): Finding =>
  judgeLook('zoom', zoom.admin, ({ email: admin, roleName: role, isActive, privileges }) => {
    if (!isActive) return found('failed', 'zoom_admin_inactive', { admin });
    const lacks = (names: readonly string[]): string[] => names.filter((name) => !privileges.includes(name));
    const [needed, useful] = [lacks(ZOOM_PRIVILEGES.needed), lacks(ZOOM_PRIVILEGES.useful)];
    const missing = [...needed, ...useful];
    if (missing.length === 0) return found('ok', 'zoom_privileges_held', { admin, role });
    return found(needed.length > 0 ? 'failed' : 'warning', 'zoom_privileges_missing', { admin, role, missing });
  });

export function zoomScopes({ zoom: { grant } }: PreflightFacts): Finding {
  if (grant === undefined) return found('unknown', 'not_authorised', { side: 'zoom' });
  const scopes = scopesOf(grant);
  if (scopes.length === 0) return found('unknown', 'scopes_untold', { side: 'zoom' });
  const lacks = (wanted: Readonly<Record<string, readonly string[]>>): string[] =>
    Object.entries(wanted)
      .filter(([granular, classic]) => ![granular, ...classic].some((scope) => scopes.includes(scope)))
      .map(([granular]) => granular);
  const [needed, useful] = [lacks(ZOOM_SCOPES.needed), lacks(ZOOM_SCOPES.useful)];
  const missing = [...needed, ...useful];
  if (missing.length === 0) return found('ok', 'scopes_granted', { side: 'zoom', scopes });
  const isNeeded = needed.length > 0;
  return found(isNeeded ? 'failed' : 'warning', 'scopes_missing', { side: 'zoom', missing, isNeeded });
}

/** Zoom itself has to switch Phone System Integration on. Without the scope to ask, a person has to look. */
export const zoomPsiEnabled = ({ zoom }: PreflightFacts): Finding =>
  judgeLook('zoom', zoom.phoneSystemIntegration, (feature) => {
    if (feature === 'on') return found('ok', 'psi_on', {});
    return feature === 'off' ? found('failed', 'psi_off', {}) : found('manual', 'psi_by_hand', {});
  });

export const zoomPhoneSetUp = ({ zoom }: PreflightFacts): Finding =>
  judgeLook('zoom', zoom.phone, (feature) => {
    switch (feature) {
      case 'on':
        return found('ok', 'phone_on', {});
      case 'off':
        return found('failed', 'phone_off', {});
      case 'scope_missing':
        return found('unknown', 'phone_scope_missing', {});
      default:
        return found('unknown', 'phone_privilege_missing', {});
    }
  });

export const zoomLicence = ({ zoom }: PreflightFacts): Finding =>
  judgeLook('zoom', zoom.seats, ({ integrated, looked, isWhole, unpaid }) => {
    if (integrated === 0) return found('unknown', 'seats_of_nobody', { looked, isWhole });
    return unpaid.count === 0
      ? found('ok', 'seats_paid', { integrated, looked, isWhole })
      : found(stateOfShare(unpaid.count, integrated), 'seats_unpaid', { integrated, looked, isWhole, unpaid });
  });
