import { Injectable } from '@nestjs/common';
import type { Membership } from '../../connector/connector.entity';
import type { Provider } from '../../oauth/provider';
import { Database } from '../../platform/database/database';
import { TELEWORKER_LICENCES } from './assumptions';
import {
  MOST_EXAMPLES,
  type Affected,
  type DeviceFacts,
  type GrantFacts,
  type UserFacts,
  type VersionCount,
} from './facts';

/** A device that has been silent for longer may have been replaced. */
const OF_LATE_DAYS = 30;
/** Whose row counts: removed users are kept for the audit only. */
const PRESENT = `u.connector_id = $1 and u.status <> 'removed'`;
/** A user whom CloudLink has revoked has given the licences back. */
const ENTITLED = `${PRESENT} and u.credential_state <> 'revoked' and u.cloudlink_user_id is not null`;

/** What is stored of a connector, as far as the look before the start asks for it. Reads only. */
@Injectable()
export class PreflightRepository {
  constructor(private readonly database: Database) {}

  async activeGrants(connectorId: string): Promise<Map<Provider, GrantFacts>> {
    const { rows } = await this.database.query<GrantFacts & { provider: Provider }>(
      `select provider, subject_email as admin, kind, scope, at_risk_reason as "atRisk"
       from grants where connector_id = $1 and state = 'active'`,
      [connectorId],
    );
    return new Map(rows.map(({ provider, ...grant }) => [provider, grant]));
  }

  async users(connectorId: string): Promise<UserFacts> {
    const number = (field: string): string =>
      `jsonb_typeof(u.licences -> '${field}') = 'number' and (u.licences -> '${field}')`;
    const [basics, psi, none, one, missing, notActive, chosen] = await Promise.all([
      this.basics(connectorId),
      this.affected(connectorId, `${ENTITLED} and u.licences -> 'zoomPsi' = 'false'`),
      this.affected(connectorId, `${ENTITLED} and ${number('teleworker')} < '1'`),
      this.affected(
        connectorId,
        `${ENTITLED} and ${number('teleworker')} >= '1' and (u.licences -> 'teleworker') < '${TELEWORKER_LICENCES}'`,
      ),
      this.missingAtZoom(connectorId),
      this.affected(connectorId, `${PRESENT} and u.zoom_status in ('inactive', 'pending')`),
      this.affected(connectorId, `${PRESENT} and u.membership = 'chosen' and u.cloudlink_user_id is null`),
    ]);
    return {
      ...basics,
      withoutZoomPsi: psi,
      withoutTeleworker: none,
      oneTeleworker: one,
      missingAtZoom: missing,
      notActiveAtZoom: notActive,
      chosenMissingAtCloudLink: chosen,
    };
  }

  async devices(connectorId: string, now: Date): Promise<DeviceFacts> {
    const [{ rows: versions }, { rows: mobile }] = await Promise.all([
      this.database.query<VersionCount & { version: string | null }>(
        `select r.app_version as version, count(*)::int as count,
                (array_agg(distinct u.email order by u.email))[1:${MOST_EXAMPLES}] as examples
         from registrations r join integrated_users u using (connector_id, user_id)
         where ${PRESENT} and r.reported_at > $2::timestamptz - interval '${OF_LATE_DAYS} days'
         group by r.app_version order by count desc, version limit 1000`,
        [connectorId, now],
      ),
      this.database.query<{ n: number; isOn: boolean }>(
        `select (select count(*)::int from registrations r join integrated_users u using (connector_id, user_id)
                 where ${PRESENT} and r.platform = 'mobile' and r.outcome = 'registered' and r.expires_at > $2) as n,
                mobile_calling as "isOn"
         from connectors where connector_id = $1`,
        [connectorId, now],
      ),
    ]);
    const told = versions.filter(({ version }) => version !== null);
    return {
      versions: told,
      untold: versions.find(({ version }) => version === null)?.count ?? 0,
      mobileRegistered: mobile[0]?.n ?? 0,
      mobileCalling: mobile[0]?.isOn ?? true,
    };
  }

  /** Distinct addresses that CloudLink has named. */
  async countTargets(connectorId: string): Promise<number> {
    const { rows } = await this.database.query<{ n: number }>(
      `select count(distinct (t ->> 'host', t ->> 'port', t ->> 'transport'))::int as n
       from sip_credentials s, jsonb_array_elements(s.targets) t where s.connector_id = $1`,
      [connectorId],
    );
    return rows[0]?.n ?? 0;
  }

  /** Which of these (normalised) emails belong to the integration. */
  async integratedOf(connectorId: string, emails: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.database.query<{ email: string }>(
      `select u.email from integrated_users u where ${PRESENT} and u.cloudlink_user_id is not null and u.email = any($2)`,
      [connectorId, emails],
    );
    return new Set(rows.map(({ email }) => email));
  }

  private async basics(
    connectorId: string,
  ): Promise<{ syncedAt: Date | null; membership: Membership; total: number; entitled: number }> {
    const { rows } = await this.database.query<{
      syncedAt: Date | null;
      membership: Membership;
      total: number;
      entitled: number;
    }>(
      `select c.synced_at as "syncedAt", c.membership,
              (select count(*)::int from integrated_users u where ${PRESENT}) as total,
              (select count(*)::int from integrated_users u where ${ENTITLED}) as entitled
       from connectors c where c.connector_id = $1`,
      [connectorId],
    );
    return rows[0] ?? { syncedAt: null, membership: 'automatic', total: 0, entitled: 0 };
  }

  /** `condition` is SQL of ours over the alias u. */
  private async affected(connectorId: string, condition: string): Promise<Affected> {
    const { rows } = await this.database.query<Affected>(
      `select (select count(*)::int from integrated_users u where ${condition}) as count,
              array(select u.email from integrated_users u where ${condition} order by u.email limit ${MOST_EXAMPLES}) as examples`,
      [connectorId],
    );
    return rows[0] ?? { count: 0, examples: [] };
  }

  /** As the last full run has found it; who has come since does not count. */
  private async missingAtZoom(connectorId: string): Promise<Affected> {
    const { rows } = await this.database.query<{ count: number; examples: string[] }>(
      `with run as (select run_id from sync_runs where connector_id = $1 and state = 'succeeded' and mode = 'full'
                    order by created_at desc, run_id desc limit 1),
            missing as (select distinct p.email from sync_problems p join run using (run_id)
                        where p.connector_id = $1 and p.code = 'no_zoom_user' and p.email is not null
                          and not exists (select from integrated_users u where ${PRESENT} and u.missing_since is null and u.email = p.email))
       select count(*)::int as count, (array_agg(email order by email))[1:${MOST_EXAMPLES}] as examples from missing`,
      [connectorId],
    );
    return { count: rows[0]?.count ?? 0, examples: rows[0]?.examples ?? [] };
  }
}
