import { isHost } from '../parse-target';

/**
 * The domain of a user's address, of which CloudLink says nothing: the realm where it is a domain or an address (RFC 3261
 * section 22.1 advises to make it one), else the host of the target.
 */
export const sipDomain = (realm: string, targetHost: string): string =>
  /[.:]/.test(realm) && isHost(realm) ? realm : targetHost;
