import type { Queryable } from '../database/database';
import type { DeliveryOutcome, NewDelivery, WaitingDelivery } from './webhook-delivery';

type Provider = NewDelivery['provider'];

/** The rows of webhook_deliveries. Their times are those of the database's clock. */
export class WebhookDeliveries {
  /** @returns false when it was delivered before */
  async add(delivery: NewDelivery, transaction: Queryable): Promise<boolean> {
    const { rowCount } = await transaction.query({
      name: 'webhook-delivery-add',
      text: `insert into webhook_deliveries (provider, dedupe_key, event, account_id, subject_id, occurred_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (provider, dedupe_key) do nothing`,
      values: [
        delivery.provider,
        delivery.dedupeKey,
        delivery.event,
        delivery.accountId,
        delivery.subjectId,
        delivery.occurredAt ?? null,
      ],
    });
    return rowCount === 1;
  }

  /** What has been told of one user and not been looked at, oldest first: the job that asks speaks for all of it. */
  async waiting(
    about: { provider: Provider; accountId: string; subjectId: string; events: readonly string[] },
    via: Queryable,
  ): Promise<WaitingDelivery[]> {
    const { rows } = await via.query<{ dedupe_key: string; event: string; occurred_at: Date | null }>({
      name: 'webhook-deliveries-waiting',
      text: `select dedupe_key, event, occurred_at from webhook_deliveries
             where provider = $1 and account_id = $2 and subject_id = $3 and processed_at is null and event = any($4)
             order by received_at, dedupe_key`,
      values: [about.provider, about.accountId, about.subjectId, about.events],
    });
    return rows.map((row) => ({
      dedupeKey: row.dedupe_key,
      event: row.event,
      occurredAt: row.occurred_at ?? undefined,
    }));
  }

  async finish(provider: Provider, dedupeKeys: string[], outcome: DeliveryOutcome, via: Queryable): Promise<void> {
    await via.query({
      name: 'webhook-deliveries-finish',
      text: `update webhook_deliveries set processed_at = clock_timestamp(), outcome = $3
             where provider = $1 and dedupe_key = any($2) and processed_at is null`,
      values: [provider, dedupeKeys, outcome],
    });
  }

  /** Forgets the oldest ones that are older than `days`. @returns how many */
  async purge(days: number, limit: number, via: Queryable): Promise<number> {
    const { rowCount } = await via.query(
      `delete from webhook_deliveries where (provider, dedupe_key) in
         (select provider, dedupe_key from webhook_deliveries where received_at < now() - make_interval(days => $1)
          order by received_at limit $2)`,
      [days, limit],
    );
    return rowCount ?? 0;
  }
}
