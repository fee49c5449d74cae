import { CONNECTOR_STATES } from '../../connector/connector-state';
import { PROVIDERS } from '../../oauth/provider';
import { RUN_STATES } from '../../sync/sync-run';
import { USER_STATUSES } from '../../users/user-status';

/** One gauge that the database answers. Each row is a `value` with the label columns beside it. */
export interface GaugeQuestion {
  name: string;
  help: string;
  labels: readonly string[];
  /** Shown as 0 where no row says otherwise, so that a rule can tell "none" from "not measured". */
  zeros?: readonly Record<string, string>[];
  text: string;
}

const each = (label: string, values: readonly string[]): Record<string, string>[] =>
  values.map((value) => ({ [label]: value }));

/** An active connector, or one that only waits for an admin: one that should be in sync. */
const LIVE = `state in ('active', 'reauthorization_required')`;

/**
 * What an operator is woken by, or looks at next. Labels hold states and kinds, and the id of a connector only where it
 * is in trouble: never an email, an account or a secret.
 */
export const GAUGE_QUESTIONS: readonly GaugeQuestion[] = [
  {
    name: 'zcc_connectors',
    help: 'Connectors by state',
    labels: ['state'],
    zeros: each('state', CONNECTOR_STATES),
    text: 'select state, count(*) as value from connectors group by state',
  },
  {
    name: 'zcc_grants',
    help: 'Grants by provider, kind and state, and whether they are at risk',
    labels: ['provider', 'kind', 'state', 'at_risk'],
    text: `select provider, kind, state, (at_risk_reason is not null)::text as at_risk, count(*) as value
           from grants group by 1, 2, 3, 4`,
  },
  {
    name: 'zcc_connector_reauthorization_required_since_seconds',
    help: 'For how long a side of a connector has been waiting for an admin; only connectors that do wait',
    labels: ['connector_id', 'provider', 'reason'],
    text: `select c.connector_id, p.provider,
                  coalesce((array_agg(g.dead_reason order by g.dead_at desc nulls last))[1], 'none_given') as reason,
                  greatest(0, extract(epoch from clock_timestamp() - coalesce(max(g.dead_at), c.state_since))) as value
           from connectors c cross join (values ('zoom'), ('cloudlink')) p (provider)
           left join grants g on g.connector_id = c.connector_id and g.provider = p.provider
           where c.state = 'reauthorization_required'
           group by c.connector_id, p.provider, c.state_since
           having count(*) filter (where g.state = 'active') = 0`,
  },
  {
    name: 'zcc_sync_newest_runs',
    help: 'Connectors by the state of their newest sync run',
    labels: ['state'],
    zeros: each('state', RUN_STATES),
    text: `select r.state, count(*) as value from connectors c cross join lateral (
             select state from sync_runs r where r.connector_id = c.connector_id order by created_at desc, run_id desc limit 1
           ) r group by r.state`,
  },
  {
    name: 'zcc_sync_oldest_age_seconds',
    help: 'Age of what the least fresh connector last read, by state of the connector',
    labels: ['state'],
    text: `select state, greatest(0, extract(epoch from clock_timestamp() - min(synced_at))) as value
           from connectors where ${LIVE} and synced_at is not null group by state`,
  },
  {
    name: 'zcc_connectors_never_synced',
    help: 'Connectors that both sides have authorised but no sync has read completely yet',
    labels: [],
    text: `select count(*) as value from connectors where ${LIVE} and synced_at is null`,
  },
  {
    name: 'zcc_jobs',
    help: 'Jobs of the queue: waiting for their time or a retry, running, or dead (tried for the last time)',
    labels: ['state'],
    zeros: each('state', ['waiting', 'running', 'dead']),
    text: `select case when attempts >= max_attempts and locked_at is null then 'dead'
                       when locked_at is not null then 'running' else 'waiting' end as state, count(*) as value
           from graphile_worker.jobs group by 1`,
  },
  {
    name: 'zcc_job_oldest_due_seconds',
    help: 'For how long the job that is due longest has been waiting for a worker',
    labels: [],
    text: `select greatest(0, coalesce(extract(epoch from clock_timestamp() - min(run_at)), 0)) as value
           from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= clock_timestamp()`,
  },
  {
    name: 'zcc_alert_deliveries',
    help: 'Alerts on their way: pending, or dead (given up)',
    labels: ['state'],
    zeros: each('state', ['pending', 'dead']),
    text: `select state, count(*) as value from alert_deliveries where state in ('pending', 'dead') group by state`,
  },
  {
    name: 'zcc_webhook_deliveries_unprocessed',
    help: 'Webhooks of Zoom and CloudLink that were accepted and wait to be worked on',
    labels: ['provider'],
    zeros: each('provider', PROVIDERS),
    text: 'select provider, count(*) as value from webhook_deliveries where processed_at is null group by provider',
  },
  {
    name: 'zcc_provider_accounts_held_back',
    help: 'Accounts of a provider that are not called now: its breaker is open (or half open: one call finds out), or it asked us to slow down',
    labels: ['provider', 'reason'],
    zeros: PROVIDERS.flatMap((provider) =>
      ['breaker_open', 'breaker_half_open', 'rate_limited'].map((reason) => ({ provider, reason })),
    ),
    text: `select provider, 'breaker_' || state as reason, count(*) as value
           from provider_breakers where state <> 'closed' group by 1, 2
           union all
           select provider, 'rate_limited', count(distinct account) from rate_slots
           where closed_until > clock_timestamp() group by 1`,
  },
  // Last, because it alone reads as many rows as there are users.
  {
    name: 'zcc_users',
    help: 'Integrated users of all connectors by status',
    labels: ['status'],
    zeros: each('status', USER_STATUSES),
    text: 'select status, count(*) as value from integrated_users group by status',
  },
];
