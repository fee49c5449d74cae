import type { Database, Queryable } from '../../platform/database/database';
import {
  FROM_THE_START,
  ListingLost,
  type HeldListing,
  type ListingCheckpoint,
  type ListingKey,
  type ZoomPhoneAnswer,
} from './zoom-phone-listing';
import { ZOOM_PHONE_KEY } from './zoom-phone-jobs';

interface ListingRow {
  connector_id: string;
  attempts: number;
  checkpoint: Partial<ListingCheckpoint>;
  answer: ZoomPhoneAnswer | null;
  failure_code: string | null;
}

/**
 * The end of a listing. What was asked for while it was under way (an admin has authorised anew) needs one that begins
 * after that; otherwise the next one is due in about $3 seconds, ± 10 % as the syncs are.
 */
const END = `begun_at = null, owner = null, attempts = 0, checkpoint = '{}',
  next_at = case when next_at > begun_at then next_at else now() + make_interval(secs => $3 * (0.9 + 0.2 * random())) end`;

/** When the list of a connector is due, in whose hands it is, and what became of it. */
export class ZoomPhoneListingRepository {
  constructor(private readonly database: Database) {}

  /** Connectors that have none yet get one, due at once. Not before their first sync: there are no users to tell of. */
  async begin(transaction: Queryable): Promise<void> {
    await transaction.query(
      `insert into zoom_phone_listings (connector_id)
       select connector_id from connectors c where state = 'active' and synced_at is not null
         and not exists (select from zoom_phone_listings l where l.connector_id = c.connector_id)
       on conflict do nothing`,
    );
  }

  /**
   * Active connectors whose list is due, under way included, and that no job is there for: never begun, or the job was lost.
   * Any number of processes may look at once.
   */
  async findDue(limit: number, transaction: Queryable): Promise<string[]> {
    const { rows } = await transaction.query<{ connector_id: string }>(
      `select l.connector_id from zoom_phone_listings l join connectors c using (connector_id)
       where c.state = 'active' and c.synced_at is not null and l.next_at <= now() and not exists (
         select from graphile_worker._private_jobs j
         where j.key = $1 || l.connector_id and (j.locked_at is not null or j.attempts < j.max_attempts))
       order by l.next_at limit $2 for no key update of l skip locked`,
      [ZOOM_PHONE_KEY, limit],
    );
    return rows.map((row) => row.connector_id);
  }

  /**
   * Takes the listing for whoever has its job now. One that is in other hands still was left behind by a worker that died
   * or counts as dead; that is a failed attempt. undefined: it is not due (any more).
   */
  async claim(connectorId: string, owner: string): Promise<HeldListing | undefined> {
    const { rows } = await this.database.query<ListingRow>(
      `update zoom_phone_listings l
       set owner = $2, begun_at = coalesce(begun_at, clock_timestamp()), attempts = attempts + case when owner is null then 0 else 1 end
       from connectors c
       where l.connector_id = $1 and c.connector_id = $1 and c.state = 'active' and l.next_at <= now()
       returning l.*`,
      [connectorId, owner],
    );
    return rows[0] === undefined ? undefined : toHeldListing(rows[0], owner);
  }

  /** First statement of every transaction that writes for a listing: who was taken for dead writes nothing any more. */
  async lock({ connectorId, owner }: ListingKey, transaction: Queryable): Promise<HeldListing> {
    const { rows } = await transaction.query<ListingRow>({
      name: 'zoom-phone-lock',
      text: 'select * from zoom_phone_listings where connector_id = $1 and owner = $2 for update',
      values: [connectorId, owner],
    });
    if (rows[0] === undefined) throw new ListingLost();
    return toHeldListing(rows[0], owner);
  }

  /** A stored page proves that it gets on: failed attempts are forgotten. */
  async save({ connectorId }: ListingKey, checkpoint: ListingCheckpoint, transaction: Queryable): Promise<void> {
    await transaction.query({
      name: 'zoom-phone-save',
      text: 'update zoom_phone_listings set checkpoint = $2, attempts = 0 where connector_id = $1',
      values: [connectorId, JSON.stringify(checkpoint)],
    });
  }

  /** Whoever has the next job goes on. `failed`: an attempt has, and it counts. */
  async letGo({ connectorId }: ListingKey, { failed }: { failed: boolean }, transaction: Queryable): Promise<void> {
    await transaction.query(
      'update zoom_phone_listings set owner = null, attempts = attempts + $2 where connector_id = $1',
      [connectorId, failed ? 1 : 0],
    );
  }

  async end({ connectorId }: ListingKey, answer: ZoomPhoneAnswer, seconds: number, via: Queryable): Promise<void> {
    await via.query(
      `update zoom_phone_listings
       set answer_since = case when answer = $2 then answer_since else now() end, answer = $2, answered_at = now(),
           failure_code = null, failed_since = null, ${END}
       where connector_id = $1`,
      [connectorId, answer, seconds],
    );
  }

  /** What was known stays known. */
  async fail({ connectorId }: ListingKey, code: string, seconds: number, via: Queryable): Promise<void> {
    await via.query(
      `update zoom_phone_listings set failure_code = $2, failed_since = coalesce(failed_since, now()), ${END}
       where connector_id = $1`,
      [connectorId, code, seconds],
    );
  }
}

/** One that begins has an empty checkpoint. */
function toHeldListing(row: ListingRow, owner: string): HeldListing {
  return {
    connectorId: row.connector_id,
    owner,
    attempts: row.attempts,
    checkpoint: 'step' in row.checkpoint ? (row.checkpoint as ListingCheckpoint) : FROM_THE_START,
    lastAnswer: row.answer,
    lastFailure: row.failure_code,
  };
}
