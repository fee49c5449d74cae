import { createHash } from 'node:crypto';
import type { Queryable } from '../platform/database/database';
import type { Provider } from '../oauth/provider';
import type { ConnectorState } from './connector-state';
import type { LinkCandidate } from './plan-link';

const CANDIDATE = `connector_id as "connectorId", state, zoom_account_id as "zoomAccountId", cloudlink_account_id as "cloudlinkAccountId"`;
const ACCOUNT_COLUMN: Record<Provider, string> = { zoom: 'zoom_account_id', cloudlink: 'cloudlink_account_id' };
/** A half set-up connector may be gone on with in the same browser for this long. */
const SESSION_MINUTES = 60;

const hash = (browser: string): Buffer => createHash('sha256').update(browser).digest();

/** The questions that linking asks of the tables; every method runs in the caller's transaction. */
export class ConnectorRepository {
  /** Two admins who authorise the same account at the same moment are taken one after the other. */
  async lockAccount(via: Queryable, provider: Provider, accountId: string): Promise<void> {
    await via.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${provider}/${accountId}`]);
  }

  async findByAccount(via: Queryable, provider: Provider, accountId: string): Promise<LinkCandidate | undefined> {
    const { rows } = await via.query<LinkCandidate>(
      `select ${CANDIDATE} from connectors where ${ACCOUNT_COLUMN[provider]} = $1 for update`,
      [accountId],
    );
    return rows[0];
  }

  async findById(via: Queryable, connectorId: string): Promise<LinkCandidate | undefined> {
    const { rows } = await via.query<LinkCandidate>(
      `select ${CANDIDATE} from connectors where connector_id = $1 for update`,
      [connectorId],
    );
    return rows[0];
  }

  /** Locks nothing: for who only looks. */
  async accountsOf(via: Queryable, connectorId: string): Promise<Record<Provider, string | null> | undefined> {
    const { rows } = await via.query<Record<Provider, string | null>>(
      'select zoom_account_id as zoom, cloudlink_account_id as cloudlink from connectors where connector_id = $1',
      [connectorId],
    );
    return rows[0];
  }

  /** A disconnected one is nobody's to go on with: its key is destroyed. */
  async findBySession(via: Queryable, browser: string, now: Date): Promise<LinkCandidate | undefined> {
    const { rows } = await via.query<LinkCandidate>(
      `select ${CANDIDATE} from connectors where connector_id =
         (select connector_id from connect_sessions where browser_hash = $1 and expires_at > $2)
         and state <> 'disconnected' for update`,
      [hash(browser), now],
    );
    return rows[0];
  }

  async create(via: Queryable, connectorId: string, now: Date): Promise<void> {
    await via.query(
      'insert into connectors (connector_id, state_since, created_at, updated_at) values ($1, $2, $2, $2)',
      [connectorId, now],
    );
  }

  /** What its admins have allowed Zoom's cloud passes to the one that takes its place, with the next refresh. */
  async discard(via: Queryable, connectorId: string, by: string): Promise<void> {
    await via.query('update authorizations set connector_id = $2 where connector_id = $1', [connectorId, by]);
    await via.query('delete from connectors where connector_id = $1', [connectorId]);
  }

  async setAccount(via: Queryable, connectorId: string, provider: Provider, accountId: string): Promise<void> {
    await via.query(`update connectors set ${ACCOUNT_COLUMN[provider]} = $2 where connector_id = $1`, [
      connectorId,
      accountId,
    ]);
  }

  /** `syncNow`: a full sync is due at once, by the database's clock, which the schedule goes by. */
  async setState(
    via: Queryable,
    connectorId: string,
    state: ConnectorState,
    reason: string | null,
    now: Date,
    syncNow: boolean,
  ): Promise<void> {
    await via.query(
      `update connectors set state = $2, state_reason = $3, updated_at = $4, next_sync_at = case when $5 then now() else next_sync_at end,
         next_full_sync_at = case when $5 then null else next_full_sync_at end,
         state_since = case when state = $2 then state_since else $4 end
       where connector_id = $1`,
      [connectorId, state, reason, now, syncNow],
    );
  }

  /** When Zoom has told that the app was removed; null: a new authorisation has undone it. */
  async setZoomDeauthorised(via: Queryable, connectorId: string, at: Date | null): Promise<void> {
    await via.query(
      'update connectors set zoom_deauthorised_at = $2 where connector_id = $1 and zoom_deauthorised_at is distinct from $2',
      [connectorId, at],
    );
  }

  /** Who has Zoom Phone is asked again soon: another admin, or the app after a change, may be allowed what the last was not. */
  async requestZoomPhone(via: Queryable, connectorId: string): Promise<void> {
    await via.query('update zoom_phone_listings set next_at = clock_timestamp() where connector_id = $1', [
      connectorId,
    ]);
  }

  /** Both accounts may be linked anew, with each other or with others. */
  async releaseAccounts(via: Queryable, connectorId: string): Promise<void> {
    await via.query(
      `update connectors set zoom_account_id = null, cloudlink_account_id = null, next_sync_at = null, zoom_deauthorised_at = null,
              next_full_sync_at = null, delta_from = null, delta_refused_at = null, delta_refused_reason = null
       where connector_id = $1`,
      [connectorId],
    );
  }

  /** With their credentials and registrations, and what syncs have noted of them. @returns how many users there were */
  async deleteUsers(via: Queryable, connectorId: string): Promise<number> {
    for (const table of [
      'sync_run_zoom_news',
      'sync_run_zoom_pages',
      'sync_run_seen',
      'sync_run_claims',
      'sync_problems',
      'status_transitions',
      'status_counts',
      'cloudlink_subscriptions',
      'registration_targets',
      'target_rounds',
      'certificate_warnings',
      'trusted_authorities',
      'registrar_sweeps',
      'zoom_phone_listings',
      'push_tokens',
      'push_calls',
    ])
      await via.query(`delete from ${table} where connector_id = $1`, [connectorId]);
    await via.query(
      `update sync_runs set state = 'failed', error_code = 'connector_not_active', error_detail = 'The connector was disconnected.',
         finished_at = now(), lease_owner = null
       where connector_id = $1 and state in ('queued', 'running', 'awaiting_approval')`,
      [connectorId],
    );
    const { rowCount } = await via.query('delete from integrated_users where connector_id = $1', [connectorId]);
    // Nobody is left whom the feed could tell of: each cursor of before is too old, and the list of users is empty.
    await via.query(
      'update change_feeds set last_position = last_position + 1, purged_to = last_position + 1 where connector_id = $1',
      [connectorId],
    );
    await via.query('delete from user_changes where connector_id = $1', [connectorId]);
    return rowCount ?? 0;
  }

  async keepSession(via: Queryable, browser: string, connectorId: string, now: Date): Promise<void> {
    await via.query('delete from connect_sessions where expires_at < $1', [now]);
    await via.query(
      `insert into connect_sessions (browser_hash, connector_id, expires_at) values ($1, $2, $3::timestamptz + make_interval(mins => $4))
       on conflict (browser_hash) do update set connector_id = excluded.connector_id, expires_at = excluded.expires_at`,
      [hash(browser), connectorId, now, SESSION_MINUTES],
    );
  }

  async endSession(via: Queryable, browser: string): Promise<void> {
    await via.query('delete from connect_sessions where browser_hash = $1', [hash(browser)]);
  }
}
