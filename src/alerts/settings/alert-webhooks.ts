import { randomBytes, randomUUID } from 'node:crypto';
import { unknownConnector } from '../../access/unknown-connector';
import type { AuditLog } from '../../platform/audit/audit-log';
import type { Clock } from '../../platform/clock/clock';
import type { ConnectorCiphers } from '../../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import type { Reach } from '../delivery/refused-address';
import type { Actor } from '../../platform/audit/actor';
import { checkWebhookUrl } from './check-webhook-url';

export const MAX_WEBHOOKS = 10;

export interface AlertWebhook {
  id: string;
  url: string;
  createdAt: Date;
}

/** Where programs of the customer hear of a connector. */
export class AlertWebhooks {
  constructor(
    private readonly database: Database,
    private readonly ciphers: ConnectorCiphers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly reach: Reach,
  ) {}

  /** Oldest first, without the secrets. At most MAX_WEBHOOKS. @throws AppError `not_found` */
  async list(connectorId: string): Promise<AlertWebhook[]> {
    const { rows: known } = await this.database.query('select from connectors where connector_id = $1', [connectorId]);
    if (known.length === 0) throw unknownConnector();
    const { rows } = await this.database.query<AlertWebhook>(
      `select webhook_id as id, url, created_at as "createdAt" from alert_webhooks
       where connector_id = $1 order by created_at, webhook_id`,
      [connectorId],
    );
    return rows;
  }

  /**
   * The secret is handed out this once.
   * @throws AppError `not_found`, `invalid_request`, `conflict`
   */
  async add(connectorId: string, text: string, by: Actor): Promise<AlertWebhook & { secret: string }> {
    const url = await checkWebhookUrl(text, this.reach);
    const webhook = { id: randomUUID(), url, createdAt: this.clock.now() };
    const secret = randomBytes(32).toString('base64url');
    await this.database.transaction(async (transaction) => {
      await this.makeRoom(connectorId, url, transaction);
      const cipher = await this.ciphers.for(connectorId, transaction);
      await transaction.query(
        'insert into alert_webhooks (connector_id, webhook_id, url, secret, created_at) values ($1, $2, $3, $4, $5)',
        [
          connectorId,
          webhook.id,
          url,
          cipher.seal(secret, { column: 'alert_webhooks.secret', row: webhook.id }),
          webhook.createdAt,
        ],
      );
      // The host only: with some receivers whoever knows the path may post.
      await this.audit.record(
        {
          ...by,
          connectorId,
          action: 'alert_webhook.added',
          subject: webhook.id,
          details: { host: new URL(url).host },
        },
        transaction,
      );
    });
    return { ...webhook, secret };
  }

  /** What was on its way there is not sent any more. @throws AppError `not_found` */
  async remove(connectorId: string, webhookId: string, by: Actor): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const { rowCount } = await transaction.query(
        'delete from alert_webhooks where connector_id = $1 and webhook_id = $2',
        [connectorId, webhookId],
      );
      if (rowCount === 0) throw new AppError('not_found', 'There is no such webhook.');
      await this.audit.record({ ...by, connectorId, action: 'alert_webhook.removed', subject: webhookId }, transaction);
    });
  }

  /**
   * Locks the connector, so that two calls at once do not both take the last place. In a statement of its own: one that
   * waits for a lock goes on to see the other tables as they were before it waited.
   */
  private async makeRoom(connectorId: string, url: string, transaction: Queryable): Promise<void> {
    await transaction.query('select from connectors where connector_id = $1 for no key update', [connectorId]);
    const { rows } = await transaction.query<{ hasKey: boolean; urls: string[] }>(
      `select exists (select from connector_keys k where k.connector_id = c.connector_id) as "hasKey",
         array(select w.url from alert_webhooks w where w.connector_id = c.connector_id) as urls
       from connectors c where connector_id = $1`,
      [connectorId],
    );
    const [row] = rows;
    if (row === undefined) throw unknownConnector();
    if (!row.hasKey) throw new AppError('conflict', 'This connector was disconnected and its keys are destroyed.');
    if (row.urls.includes(url)) throw new AppError('conflict', 'This connector has a webhook with this URL already.');
    if (row.urls.length >= MAX_WEBHOOKS) {
      throw new AppError('conflict', `A connector has at most ${MAX_WEBHOOKS} webhooks: remove one first.`);
    }
  }
}
