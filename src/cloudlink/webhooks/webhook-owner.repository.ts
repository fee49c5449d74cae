import type { Queryable } from '../../platform/database/database';

/** Whose address a delivery has come to. */
export class WebhookOwnerRepository {
  /** The CloudLink account of a connector whose data key still exists: without it there is no secret to know. */
  async findAccount(connectorId: string, via: Queryable): Promise<string | undefined> {
    const { rows } = await via.query<{ accountId: string }>({
      name: 'webhook-owner-account',
      text: `select c.cloudlink_account_id as "accountId" from connectors c join connector_keys k using (connector_id)
             where c.connector_id = $1 and c.cloudlink_account_id is not null`,
      values: [connectorId],
    });
    return rows[0]?.accountId;
  }
}
