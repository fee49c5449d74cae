import { randomUUID } from 'node:crypto';
import type { ConnectorCipher, ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../platform/database/database';
import type { Grant, GrantKind, NewGrant, ServiceClientSecret } from './grant';
import { expiry, openServiceClient, openToken, sealTokens, type GrantTokens, type TokenRow } from './grant-tokens';
import { CHECK_EVERY_HOURS } from './grant-checks';
import type { Provider } from './provider';
import type { TokenSet } from './token-endpoint';

const GRANT_COLUMNS = `connector_id as "connectorId", grant_id as "grantId", provider, state, account_id as "accountId",
  subject_id as "subjectId", subject_email as "subjectEmail", subject_role as "subjectRole", dead_reason as "deadReason",
  dead_at as "deadAt", created_at as "createdAt", refreshed_at as "refreshedAt", kind,
  at_risk_reason as "atRiskReason", at_risk_since as "atRiskSince", authorised_at as "authorisedAt", checked_at as "checkedAt"`;

/** The table of grants. Tokens are sealed with the connector's data key before they reach SQL. */
export class GrantStore {
  constructor(
    private readonly database: Database,
    private readonly ciphers: ConnectorCiphers,
  ) {}

  /** All grants of a connector, the active ones first, then by age. */
  async list(connectorId: string): Promise<Grant[]> {
    const { rows } = await this.database.query<Grant>(
      `select ${GRANT_COLUMNS} from grants where connector_id = $1
       order by provider, case state when 'active' then 0 when 'standby' then 1 else 2 end, created_at, grant_id`,
      [connectorId],
    );
    return rows;
  }

  async findActive(
    connectorId: string,
    provider: Provider,
    via: Queryable = this.database,
  ): Promise<{ grantId: string; accountId: string } | undefined> {
    const { rows } = await via.query<{ grantId: string; accountId: string }>({
      name: 'grants-find-active',
      text: `select grant_id as "grantId", account_id as "accountId" from grants where connector_id = $1 and provider = $2 and state = 'active'`,
      values: [connectorId, provider],
    });
    return rows[0];
  }

  async find(connectorId: string, grantId: string, via: Queryable = this.database): Promise<Grant | undefined> {
    const { rows } = await via.query<Grant>(
      `select ${GRANT_COLUMNS} from grants where connector_id = $1 and grant_id = $2`,
      [connectorId, grantId],
    );
    return rows[0];
  }

  /** The live grant of one admin, or service client. */
  async findBySubject(connectorId: string, provider: Provider, subjectId: string): Promise<Grant | undefined> {
    const { rows } = await this.database.query<Grant>(
      `select ${GRANT_COLUMNS} from grants where connector_id = $1 and provider = $2 and subject_id = $3 and state <> 'dead'`,
      [connectorId, provider, subjectId],
    );
    return rows[0];
  }

  /** The grant of this subject that ended last. */
  async findLastDead(connectorId: string, provider: Provider, subjectId: string): Promise<Grant | undefined> {
    const { rows } = await this.database.query<Grant>(
      `select ${GRANT_COLUMNS} from grants where connector_id = $1 and provider = $2 and subject_id = $3 and state = 'dead'
       order by dead_at desc, grant_id limit 1`,
      [connectorId, provider, subjectId],
    );
    return rows[0];
  }

  async countActive(connectorId: string, provider: Provider, via: Queryable): Promise<number> {
    const { rows } = await via.query<{ n: number }>(
      `select count(*)::int as n from grants where connector_id = $1 and provider = $2 and state = 'active'`,
      [connectorId, provider],
    );
    return rows[0]?.n ?? 0;
  }

  /** With a transaction: locks the row until it ends, so that only one refresher works on a grant across all processes. */
  async readTokens(connectorId: string, grantId: string, locked?: Queryable): Promise<GrantTokens | undefined> {
    const text = `select provider, state, account_id, access_token, refresh_token, expires_at, client_id, client_account, client_secret
      from grants where connector_id = $1 and grant_id = $2`;
    const { rows } =
      locked === undefined
        ? await this.database.query<TokenRow>({ name: 'grants-read-tokens', text, values: [connectorId, grantId] })
        : await locked.query<TokenRow>(`${text} for update`, [connectorId, grantId]);
    const [row] = rows;
    if (row === undefined) return undefined;
    const cipher = await this.ciphers.for(connectorId, locked);
    return {
      connectorId,
      grantId,
      provider: row.provider,
      state: row.state,
      accountId: row.account_id,
      accessToken: openToken(cipher, row.access_token, 'grants.access_token', grantId),
      refreshToken: openToken(cipher, row.refresh_token, 'grants.refresh_token', grantId),
      expiresAt: row.expires_at ?? undefined,
      serviceClient: openServiceClient(cipher, row, grantId),
    };
  }

  /** Stores a rotated pair; an answer without a refresh token keeps the old one. */
  async storeTokens(connectorId: string, grantId: string, tokens: TokenSet, now: Date, via: Queryable): Promise<void> {
    const cipher = await this.ciphers.for(connectorId, via);
    await via.query(
      `update grants set access_token = $3, refresh_token = coalesce($4, refresh_token), expires_at = $5,
         scope = case when $6 = '' then scope else $6 end, refreshed_at = $7, updated_at = $7
       where connector_id = $1 and grant_id = $2 and state <> 'dead'`,
      [connectorId, grantId, ...sealTokens(cipher, grantId, tokens), expiry(now, tokens), tokens.scope, now],
    );
  }

  /** Ends a grant: its tokens are forgotten at once. */
  async markDead(connectorId: string, grantId: string, reason: string, now: Date, via: Queryable): Promise<void> {
    await via.query(
      `update grants set state = 'dead', access_token = null, refresh_token = null, client_secret = null,
         expires_at = null, at_risk_reason = null, at_risk_since = null, dead_reason = $3, dead_at = $4, updated_at = $4
       where connector_id = $1 and grant_id = $2`,
      [connectorId, grantId, reason, now],
    );
  }

  /** The provider has said later what it was that ended the grant. */
  async correctDeadReason(connectorId: string, grantId: string, reason: string, via: Queryable): Promise<void> {
    await via.query(`update grants set dead_reason = $3 where connector_id = $1 and grant_id = $2 and state = 'dead'`, [
      connectorId,
      grantId,
      reason,
    ]);
  }

  async markAllDead(connectorId: string, reason: string, now: Date, via: Queryable): Promise<void> {
    const { rows } = await via.query<{ grant_id: string }>(
      `select grant_id from grants where connector_id = $1 and state <> 'dead' order by grant_id for update`,
      [connectorId],
    );
    for (const { grant_id: grantId } of rows) await this.markDead(connectorId, grantId, reason, now, via);
  }

  async listServiceClients(connectorId: string, via: Queryable): Promise<Grant[]> {
    const { rows } = await via.query<Grant>(
      `select ${GRANT_COLUMNS} from grants where connector_id = $1 and kind = 'service_client' and state <> 'dead' order by created_at`,
      [connectorId],
    );
    return rows;
  }

  /** Makes the oldest standby that nothing speaks against active. @returns its id; undefined: there is none */
  async promoteStandby(
    connectorId: string,
    provider: Provider,
    now: Date,
    via: Queryable,
  ): Promise<string | undefined> {
    const { rows } = await via.query<{ grantId: string }>(
      `update grants set state = 'active', updated_at = $3
       where connector_id = $1 and grant_id = (select grant_id from grants where connector_id = $1 and provider = $2 and state = 'standby'
           and at_risk_reason is null order by created_at, grant_id limit 1 for update)
       returning grant_id as "grantId"`,
      [connectorId, provider, now],
    );
    return rows[0]?.grantId;
  }

  async hasHealthyStandby(connectorId: string, provider: Provider, via: Queryable): Promise<boolean> {
    const { rowCount } = await via.query(
      `select 1 from grants where connector_id = $1 and provider = $2 and state = 'standby' and at_risk_reason is null limit 1`,
      [connectorId, provider],
    );
    return rowCount === 1;
  }

  /** The active grant makes room for another one. */
  async demoteActive(connectorId: string, provider: Provider, now: Date, via: Queryable): Promise<void> {
    await via.query(
      `update grants set state = 'standby', updated_at = $3 where connector_id = $1 and provider = $2 and state = 'active'`,
      [connectorId, provider, now],
    );
  }

  /** The grant of a side that died last: it says why a side without an active grant has none. */
  async lastDead(
    connectorId: string,
    provider: Provider,
    via: Queryable,
  ): Promise<{ grantId: string; reason: string } | undefined> {
    const { rows } = await via.query<{ grantId: string; reason: string }>(
      `select grant_id as "grantId", dead_reason as reason from grants
       where connector_id = $1 and provider = $2 and state = 'dead' order by dead_at desc limit 1`,
      [connectorId, provider],
    );
    return rows[0];
  }

  /**
   * Keeps a new authorisation. The same admin replaces their own grant, because the providers revoke the older tokens;
   * another admin's grant becomes active when there is none, else standby.
   */
  async keep(
    connectorId: string,
    grant: NewGrant,
    tokens: TokenSet,
    cipher: ConnectorCipher,
    now: Date,
    via: Queryable,
    serviceClient?: ServiceClientSecret,
  ): Promise<{ grantId: string; state: Grant['state'] }> {
    const known = await via.query<{ grantId: string; state: Grant['state'] }>(
      `select grant_id as "grantId", state from grants where connector_id = $1 and provider = $2 and subject_id = $3 and state <> 'dead' for update`,
      [connectorId, grant.provider, grant.subjectId],
    );
    const own = known.rows[0];
    const hasActive = (await this.countActive(connectorId, grant.provider, via)) > 0;
    // An admin's own standby takes over when it is all there is.
    const state = own?.state === 'active' || !hasActive ? 'active' : 'standby';
    const grantId = own?.grantId ?? randomUUID();
    const kind: GrantKind = serviceClient === undefined ? 'admin' : 'service_client';
    await via.query(
      `insert into grants (connector_id, grant_id, provider, state, account_id, subject_id, subject_email, subject_role, scope,
         access_token, refresh_token, expires_at, created_at, updated_at, authorised_at, checked_at, next_check_at, kind,
         client_id, client_account, client_secret)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $13, $13, $13::timestamptz + make_interval(hours => $14),
         $15, $16, $17, $18)
       on conflict (connector_id, grant_id) do update set account_id = $5, subject_email = $7, subject_role = $8, scope = $9,
         state = $4, access_token = $10, refresh_token = $11, expires_at = $12, updated_at = $13, authorised_at = $13,
         checked_at = $13, next_check_at = excluded.next_check_at, at_risk_reason = null, at_risk_since = null,
         client_account = $17, client_secret = $18`,
      [
        connectorId,
        grantId,
        grant.provider,
        state,
        grant.accountId,
        grant.subjectId,
        grant.subjectEmail,
        grant.subjectRole,
        tokens.scope,
        ...sealTokens(cipher, grantId, tokens),
        expiry(now, tokens),
        now,
        CHECK_EVERY_HOURS,
        kind,
        serviceClient?.clientId ?? null,
        serviceClient?.accountNumber ?? null,
        serviceClient === undefined
          ? null
          : cipher.seal(serviceClient.clientSecret, { column: 'grants.client_secret', row: grantId }),
      ],
    );
    return { grantId, state };
  }
}
