import type { Provider } from './provider';

/** Zoom's role setting "Phone System Integration" gives these privileges. */
const ZOOM_PRIVILEGES = ['SipPhone:Read', 'SipPhone:Edit'];
const CLOUDLINK_ROLES = ['ACCOUNT_ADMIN', 'PARTNER_ADMIN'];
/** Who lets Zoom's cloud in speaks for the account itself, not for a partner who looks after many. */
const CONSENT_ROLES = ['ACCOUNT_ADMIN'];

/**
 * What the admin lacks, in words for that admin; undefined when nothing is missing.
 * @param isConsent the admin is to let Zoom's cloud in, not only to lend us a grant
 */
export function missingRole(provider: Provider, held: string[], isConsent = false): string | undefined {
  if (provider === 'zoom') {
    const missing = ZOOM_PRIVILEGES.filter((privilege) => !held.includes(privilege));
    return missing.length === 0
      ? undefined
      : `the Zoom role privilege "Phone System Integration" (${missing.join(', ')})`;
  }
  const roles = isConsent ? CONSENT_ROLES : CLOUDLINK_ROLES;
  return roles.some((role) => held.includes(role)) ? undefined : `the CloudLink role ${roles.join(' or ')}`;
}
