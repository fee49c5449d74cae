import { CLOUDLINK_SCOPES } from '../assumptions';
import type { PreflightFacts } from '../facts';
import { found, type Finding } from '../findings';
import { missingRole } from '../../../oauth/required-roles';
import { judgeAuthorisation, judgeLook, scopesOf } from './look-rules';

export const cloudlinkAuthorised = ({ cloudlink }: PreflightFacts): Finding =>
  judgeAuthorisation('cloudlink', cloudlink.grant, cloudlink.admin);

export const cloudlinkRole = ({ cloudlink }: PreflightFacts): Finding =>
  judgeLook('cloudlink', cloudlink.admin, ({ email, role }) => {
    // A service client has no email: it goes by what was stored of it.
    const admin = email === '' ? (cloudlink.grant?.admin ?? '') : email;
    return missingRole('cloudlink', [role]) === undefined
      ? found('ok', 'cloudlink_role_held', { admin, role, kind: cloudlink.grant?.kind ?? 'admin' })
      : found('failed', 'cloudlink_role_missing', { admin, role });
  });

export function cloudlinkScopes({ cloudlink: { grant } }: PreflightFacts): Finding {
  if (grant === undefined) return found('unknown', 'not_authorised', { side: 'cloudlink' });
  const scopes = scopesOf(grant);
  if (scopes.length === 0) return found('unknown', 'scopes_untold', { side: 'cloudlink' });
  return CLOUDLINK_SCOPES.some((scope) => scopes.includes(scope))
    ? found('ok', 'scopes_granted', { side: 'cloudlink', scopes })
    : found('warning', 'scopes_missing', { side: 'cloudlink', missing: [CLOUDLINK_SCOPES[0]], isNeeded: false });
}

/** A role that is right and is refused all the same: the account does not have the integration. */
export function cloudlinkIntegration(facts: PreflightFacts): Finding {
  const { integration } = facts.cloudlink;
  const isRefused = 'fault' in integration && integration.fault.kind === 'refused';
  if (isRefused && cloudlinkRole(facts).state === 'ok') return found('failed', 'integration_refused', {});
  return judgeLook('cloudlink', integration, () => found('ok', 'integration_readable', {}));
}
