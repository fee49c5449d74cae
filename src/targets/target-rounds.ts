import type { Clock } from '../platform/clock/clock';
import type { Database } from '../platform/database/database';
import type { Queue } from '../platform/queue/queue';

/** Enqueues a round for every connector whose time has come. */
export const START_TARGET_ROUNDS = 'start-target-rounds';
/** Looks at all targets of one connector: `{connectorId}`. */
export const PROBE_TARGETS = 'probe-targets';

/** A minute's share. */
const BATCH = 200;
/** Tenths of the interval by which a round comes sooner or later, so that rounds do not fall into step. */
const JITTER = 0.1;

/** When the targets of a connector are looked at stands in its row, so it does not matter which process asks. */
export class TargetRounds {
  constructor(
    private readonly database: Database,
    private readonly queue: Queue,
    private readonly clock: Clock,
    private readonly intervalSeconds: number,
  ) {}

  /** @returns the connectors */
  async startDue(): Promise<string[]> {
    const now = this.clock.now();
    return this.database.transaction(async (transaction) => {
      await transaction.query(
        `insert into target_rounds (connector_id, next_round_at)
         select connector_id, $1 from connectors where state in ('active', 'reauthorization_required')
         on conflict do nothing`,
        [now],
      );
      const { rows } = await transaction.query<{ connectorId: string }>(
        `update target_rounds r
         set next_round_at = $1::timestamptz + make_interval(secs => $2 * (1 + $3 * (2 * random() - 1)))
         from (select t.connector_id from target_rounds t join connectors c using (connector_id)
               where t.next_round_at <= $1 and c.state in ('active', 'reauthorization_required')
               order by t.next_round_at limit $4 for update of t skip locked) due
         where r.connector_id = due.connector_id returning r.connector_id as "connectorId"`,
        [now, this.intervalSeconds, JITTER, BATCH],
      );
      for (const { connectorId } of rows)
        await this.queue.add(
          PROBE_TARGETS,
          { connectorId },
          // The next round comes soon: nothing is gained by trying this one for long.
          { jobKey: `probe-targets/${connectorId}`, maxAttempts: 2 },
          transaction,
        );
      return rows.map(({ connectorId }) => connectorId);
    });
  }
}
