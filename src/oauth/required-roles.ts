import type { Provider } from './provider';

/** Zoom's role setting "Phone System Integration" gives these privileges. */
const ZOOM_PRIVILEGES = ['SipPhone:Read', 'SipPhone:Edit'];
const CLOUDLINK_ROLES = ['ACCOUNT_ADMIN', 'PARTNER_ADMIN'];

/** What the admin lacks, in words for that admin; undefined when nothing is missing. */
export function missingRole(provider: Provider, held: string[]): string | undefined {
  if (provider === 'zoom') {
    const missing = ZOOM_PRIVILEGES.filter((privilege) => !held.includes(privilege));
    return missing.length === 0
      ? undefined
      : `the Zoom role privilege "Phone System Integration" (${missing.join(', ')})`;
  }
  return CLOUDLINK_ROLES.some((role) => held.includes(role))
    ? undefined
    : `the CloudLink role ${CLOUDLINK_ROLES.join(' or ')}`;
}
