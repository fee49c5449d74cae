import type { AsGrant } from '../../platform/remote/as-grant';

/**
 * The same grant for somebody who only looks: a privilege that is refused is a finding here, not a reason to mark the
 * grant as at risk and to go on with another admin's.
 */
export const onlyLooking = (grant: AsGrant): AsGrant => ({
  accountId: grant.accountId,
  accessToken: (options) => grant.accessToken(options),
});
