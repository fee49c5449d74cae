import { randomUUID } from 'node:crypto';
import type { ConnectorCipher, ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../platform/database/database';
import type { Grant, GrantKind, NewGrant, RiskReason, ServiceClientSecret } from './grant';
import type { Provider } from './provider';
import type { TokenSet } from './token-endpoint';

/** A grant's present tokens, in clear: only between here and the provider. */
export interface GrantTokens {
  connectorId: string;
  grantId: string;
  provider: Provider;
  state: Grant['state'];
  accountId: string;
  accessToken: string | undefined;
  refreshToken: string | undefined;
  expiresAt: Date | undefined;
  /** Instead of a refresh token. */
  serviceClient: ServiceClientSecret | undefined;
}

interface TokenRow {
  provider: Provider;
  state: Grant['state'];
  account_id: string;
  access_token: Buffer | null;
  refresh_token: Buffer | null;
  expires_at: Date | null;
  client_id: string | null;
  client_account: string | null;
  client_secret: Buffer | null;
}

const GRANT_COLUMNS = `connector_id as "connectorId", grant_id as "grantId", provider, state, account_id as "accountId",
  subject_id as "subjectId", subject_email as "subjectEmail", subject_role as "subjectRole", dead_reason as "deadReason",
  dead_at as "deadAt", created_at as "createdAt", refreshed_at as "refreshedAt", kind,
  at_risk_reason as "atRiskReason", at_risk_since as "atRiskSince", authorised_at as "authorisedAt", checked_at as "checkedAt"`;

/** A grant that works takes a day until it is looked at again: CloudLink's refresh tokens live 15 days, Zoom's 90. */
const CHECK_EVERY_HOURS = 24;
/** One at risk may recover, or be worse than it seems. */
const CHECK_RISK_EVERY_HOURS = 1;

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

  /** @returns whether that is news: the grant lives and had not this reason before */
  async flagRisk(
    connectorId: string,
    grantId: string,
    reason: RiskReason,
    now: Date,
    via: Queryable,
  ): Promise<boolean> {
    const { rowCount } = await via.query(
      `update grants set at_risk_reason = $3, at_risk_since = coalesce(at_risk_since, $4), updated_at = $4,
         next_check_at = $4::timestamptz + make_interval(hours => $5)
       where connector_id = $1 and grant_id = $2 and state <> 'dead' and at_risk_reason is distinct from $3`,
      [connectorId, grantId, reason, now, CHECK_RISK_EVERY_HOURS],
    );
    return rowCount === 1;
  }

  /** The grant was seen to work. @returns whether it had been at risk until now */
  async markChecked(
    connectorId: string,
    grantId: string,
    seen: { email: string; role: string },
    now: Date,
    via: Queryable,
  ): Promise<boolean> {
    const { rows } = await via.query<{ wasAtRisk: boolean }>(
      `with before as (select connector_id, grant_id, at_risk_reason from grants
                       where connector_id = $1 and grant_id = $2 and state <> 'dead' for update)
       update grants g set at_risk_reason = null, at_risk_since = null, checked_at = $3, updated_at = $3,
         subject_email = case when $4 = '' then g.subject_email else $4 end, subject_role = $5
       from before b where g.connector_id = b.connector_id and g.grant_id = b.grant_id
       returning b.at_risk_reason is not null as "wasAtRisk"`,
      [connectorId, grantId, now, seen.email, seen.role],
    );
    return rows[0]?.wasAtRisk === true;
  }

  /** Live grants whose look is due, each given to one asker only: the next look is a day away, or an hour for one at risk. */
  async takeDue(now: Date, limit: number, via: Queryable): Promise<{ connectorId: string; grantId: string }[]> {
    const { rows } = await via.query<{ connectorId: string; grantId: string }>(
      `with due as (
         select g.connector_id, g.grant_id from grants g join connectors c on c.connector_id = g.connector_id
         where g.state <> 'dead' and g.next_check_at <= $1 and c.state <> 'disconnected'
         order by g.next_check_at limit $2 for no key update of g skip locked
       )
       update grants g set next_check_at = $1::timestamptz + make_interval(hours => case when g.at_risk_reason is null then $3::int else $4::int end)
       from due where g.connector_id = due.connector_id and g.grant_id = due.grant_id
       returning g.connector_id as "connectorId", g.grant_id as "grantId"`,
      [now, limit, CHECK_EVERY_HOURS, CHECK_RISK_EVERY_HOURS],
    );
    return rows;
  }

  /** Why a side without an active grant has none: the reason of the last one that died. */
  async lastDeadReason(connectorId: string, provider: Provider, via: Queryable): Promise<string | undefined> {
    const { rows } = await via.query<{ reason: string }>(
      `select dead_reason as reason from grants where connector_id = $1 and provider = $2 and state = 'dead' order by dead_at desc limit 1`,
      [connectorId, provider],
    );
    return rows[0]?.reason;
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

type TokenColumn = 'grants.access_token' | 'grants.refresh_token';

const openToken = (
  cipher: ConnectorCipher,
  sealed: Buffer | null,
  column: TokenColumn,
  row: string,
): string | undefined => (sealed === null ? undefined : cipher.open(sealed, { column, row }));

function openServiceClient(cipher: ConnectorCipher, row: TokenRow, grantId: string): ServiceClientSecret | undefined {
  const { client_id: clientId, client_account: accountNumber, client_secret: sealed } = row;
  if (clientId === null || accountNumber === null || sealed === null) return undefined;
  return {
    clientId,
    accountNumber,
    clientSecret: cipher.open(sealed, { column: 'grants.client_secret', row: grantId }),
  };
}

const sealTokens = (cipher: ConnectorCipher, row: string, tokens: TokenSet): [Buffer, Buffer | null] => [
  cipher.seal(tokens.accessToken, { column: 'grants.access_token', row }),
  tokens.refreshToken === undefined ? null : cipher.seal(tokens.refreshToken, { column: 'grants.refresh_token', row }),
];

const expiry = (now: Date, tokens: TokenSet): Date => new Date(now.getTime() + tokens.expiresInSeconds * 1000);
