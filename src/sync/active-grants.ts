import type { AsGrant } from '../platform/remote/as-grant';

/** The part of the grant vault that a run needs. */
export interface ActiveGrants {
  /** @throws AppError `reauthorization_required` when there is no usable grant */
  active(
    connectorId: string,
    provider: 'zoom' | 'cloudlink',
  ): Promise<{ grantId: string; accountId: string; tokens: AsGrant }>;
}
