import type { OnModuleInit } from '@nestjs/common';
import { SubscriptionsClient, type CloudLinkSubscription } from '../cloudlink/subscriptions.client';
import { cloudlinkWebhookUrl, CLOUDLINK_WEBHOOK_SECRET } from '../cloudlink/webhooks/cloudlink-webhook-url';
import type { GrantVault } from '../oauth/grant-vault';
import type { Clock } from '../platform/clock/clock';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import type { Queue } from '../platform/queue/queue';
import type { TaskRegistry } from '../platform/queue/task-registry';
import { WATCH_CLOUDLINK, watchCloudlinkJob } from './connector-jobs';

const TIMEOUT_MS = 60_000;
const WATCH_DUE = 'watch-cloudlink-due';
/** How long a subscription lives is not documented: missing ones are made again daily. */
const CHECK_EVERY_HOURS = 24;

/**
 * Keeps one subscription for changes of users per connector. It only makes us quicker: what it does not tell, the
 * schedule finds.
 */
export class CloudLinkWatch implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly vault: GrantVault,
    private readonly subscriptions: SubscriptionsClient,
    private readonly ciphers: ConnectorCiphers,
    private readonly queue: Queue,
    private readonly tasks: TaskRegistry,
    private readonly clock: Clock,
    private readonly publicUrl: string,
  ) {}

  onModuleInit(): void {
    this.tasks.register(WATCH_CLOUDLINK, ({ connectorId }) => this.ensure(String(connectorId)));
    this.tasks.registerEveryMinute(WATCH_DUE, () => this.enqueueDue());
  }

  async enqueueDue(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const due = [...(await this.takeDue(transaction)), ...(await this.withoutAny(transaction))];
      for (const connectorId of due) {
        await this.queue.add(WATCH_CLOUDLINK, { connectorId }, watchCloudlinkJob(connectorId), transaction);
      }
    });
  }

  private async takeDue(transaction: Queryable): Promise<string[]> {
    const { rows } = await transaction.query<{ id: string }>(
      `update cloudlink_subscriptions s set checked_at = $1
       from connectors c where c.connector_id = s.connector_id and c.state = 'active'
         and s.checked_at < $1::timestamptz - make_interval(hours => $2)
       returning s.connector_id as id`,
      [this.clock.now(), CHECK_EVERY_HOURS],
    );
    return rows.map(({ id }) => id);
  }

  /** Those whose first job was given up, while CloudLink was away: once an hour each, in a minute of its own. */
  private async withoutAny(via: Queryable): Promise<string[]> {
    const { rows } = await via.query<{ id: string }>(
      `select connector_id as id from connectors c where state = 'active'
         and not exists (select from cloudlink_subscriptions s where s.connector_id = c.connector_id)
         and abs(hashtext(connector_id::text)::bigint) % 60 = $1`,
      [this.clock.now().getUTCMinutes()],
    );
    return rows.map(({ id }) => id);
  }

  /** Makes what is missing, removes what is there twice, and remembers the rest. @throws AppError as the provider's calls do */
  async ensure(connectorId: string): Promise<void> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const grant = await this.vault.active(connectorId, 'cloudlink').catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'reauthorization_required') return undefined;
      throw error;
    });
    if (grant === undefined) return;
    const cipher = await this.ciphers.for(connectorId);
    const deviceId = cloudlinkWebhookUrl(this.publicUrl, connectorId, cipher.derive(CLOUDLINK_WEBHOOK_SECRET));
    const all = await this.subscriptions.list(grant.tokens, signal);
    const [mine, ...surplus] = all.filter(
      (one) => one.deviceId === deviceId && one.topic === SubscriptionsClient.USERS_TOPIC,
    );
    for (const one of surplus) await this.subscriptions.delete(grant.tokens, one.subscriptionId, signal);
    const kept =
      mine ??
      (await this.subscriptions.create(
        grant.tokens,
        {
          applicationId: connectorId,
          deviceId,
          subjectFilter: `^/2017-09-01/accounts/${grant.accountId}/users/[^/]+$`,
        },
        signal,
      ));
    if (await this.remember(connectorId, kept)) return;
    // Disconnected meanwhile: whoever did that could not know of this one.
    await this.subscriptions.delete(grant.tokens, kept.subscriptionId, signal);
  }

  /** False: the connector is disconnected. */
  private remember(connectorId: string, { subscriptionId, topic }: CloudLinkSubscription): Promise<boolean> {
    const now = this.clock.now();
    return this.database.transaction(async (transaction) => {
      const { rowCount } = await transaction.query(
        `select from connectors where connector_id = $1 and state <> 'disconnected' for key share`,
        [connectorId],
      );
      if (rowCount !== 1) return false;
      await transaction.query('delete from cloudlink_subscriptions where connector_id = $1 and subscription_id <> $2', [
        connectorId,
        subscriptionId,
      ]);
      await transaction.query(
        `insert into cloudlink_subscriptions (connector_id, subscription_id, topic, created_at, checked_at) values ($1, $2, $3, $4, $4)
         on conflict (connector_id, subscription_id) do update set checked_at = $4`,
        [connectorId, subscriptionId, topic, now],
      );
      return true;
    });
  }
}
