import type { AsGrant } from '../platform/remote/as-grant';

/** The part of the work on grants that a run needs. */
export interface ActiveGrants {
  /** @throws AppError `reauthorization_required` when there is no usable grant */
  active(
    connectorId: string,
    provider: 'zoom' | 'cloudlink',
  ): Promise<{ grantId: string; accountId: string; tokens: AsGrant }>;

  /** Reads the rights of the grant's admin again; a grant that lost them makes room for a standby, if there is one. */
  check(connectorId: string, grantId: string): Promise<unknown>;
}
