import type { Queryable } from '../../platform/database/database';
import { idleBefore, triedBefore, type SessionFacts } from './judge-session';

/** A session and whose it is. */
export interface Session extends SessionFacts {
  connectorId: string;
  sessionId: string;
  grantId: string;
  provider: 'zoom' | 'cloudlink';
  subjectId: string;
  email: string;
  role: string;
}

export interface NewSession {
  connectorId: string;
  sessionId: string;
  grantId: string;
  secretHash: Buffer;
  browserHash: Buffer;
}

const SESSION = `s.connector_id as "connectorId", s.session_id as "sessionId", s.grant_id as "grantId", s.seen_at as "seenAt",
  s.looked_at as "lookedAt", s.expires_at as "expiresAt", g.provider, g.subject_id as "subjectId", g.subject_email as email,
  g.subject_role as role, g.state as "grantState", g.at_risk_reason as "atRiskReason", g.checked_at as "checkedAt",
  c.state as "connectorState"`;
const WITH_GRANT = `join grants g on g.connector_id = s.connector_id and g.grant_id = s.grant_id
  join connectors c on c.connector_id = s.connector_id`;

/** The questions that sessions ask of their table. Whose a session is, is always read from its grant. */
export class SessionRepository {
  async findBySecret(via: Queryable, secretHash: Buffer): Promise<Session | undefined> {
    const { rows } = await via.query<Session>({
      name: 'session-by-secret',
      text: `select ${SESSION} from admin_sessions s ${WITH_GRANT} where s.secret_hash = $1`,
      values: [secretHash],
    });
    return rows[0];
  }

  /** @returns undefined: the grant is dead by now, or its connector disconnected */
  async insert(via: Queryable, session: NewSession, now: Date, expiresAt: Date): Promise<Session | undefined> {
    const { connectorId, sessionId, grantId, secretHash, browserHash } = session;
    await via.query(
      `insert into admin_sessions (connector_id, session_id, grant_id, secret_hash, browser_hash, seen_at, looked_at, expires_at)
       select g.connector_id, $2, g.grant_id, $4, $5, $6, $6, $7 from grants g join connectors c on c.connector_id = g.connector_id
       where g.connector_id = $1 and g.grant_id = $3 and g.state <> 'dead' and c.state <> 'disconnected'`,
      [connectorId, sessionId, grantId, secretHash, browserHash, now, expiresAt],
    );
    return this.findBySecret(via, secretHash);
  }

  async ofBrowser(via: Queryable, browserHash: Buffer): Promise<Session[]> {
    const { rows } = await via.query<Session>(
      `select ${SESSION} from admin_sessions s ${WITH_GRANT} where s.browser_hash = $1 order by s.session_id`,
      [browserHash],
    );
    return rows;
  }

  /** An admin has one live grant per connector and provider: these are all of theirs there. */
  async ofGrant(via: Queryable, connectorId: string, grantId: string): Promise<Session[]> {
    const { rows } = await via.query<Session>(
      `select ${SESSION} from admin_sessions s ${WITH_GRANT} where s.connector_id = $1 and s.grant_id = $2 order by s.session_id`,
      [connectorId, grantId],
    );
    return rows;
  }

  /** Some of those that may be over; what they are is for `whyOver` to say. */
  async perhapsOver(via: Queryable, now: Date, limit: number): Promise<Session[]> {
    const { rows } = await via.query<Session>(
      `select ${SESSION} from admin_sessions s ${WITH_GRANT}
       where s.expires_at <= $1 or s.seen_at <= $2 or g.state = 'dead' or c.state = 'disconnected'
       order by s.connector_id, s.session_id limit $3`,
      [now, idleBefore(now), limit],
    );
    return rows;
  }

  /** @returns whether it was there: of several who end it at once, one does */
  async delete(
    via: Queryable,
    { connectorId, sessionId }: Pick<Session, 'connectorId' | 'sessionId'>,
  ): Promise<boolean> {
    const { rowCount } = await via.query('delete from admin_sessions where connector_id = $1 and session_id = $2', [
      connectorId,
      sessionId,
    ]);
    return rowCount === 1;
  }

  async touch(via: Queryable, { connectorId, sessionId }: Session, now: Date): Promise<void> {
    await via.query(
      'update admin_sessions set seen_at = $3 where connector_id = $1 and session_id = $2 and seen_at < $3',
      [connectorId, sessionId, now],
    );
  }

  /** @returns whether it is the caller who is to look: of the requests of a page that come at once, one */
  async takeLook(via: Queryable, { connectorId, sessionId }: Session, now: Date): Promise<boolean> {
    const { rowCount } = await via.query(
      'update admin_sessions set looked_at = $3 where connector_id = $1 and session_id = $2 and looked_at <= $4',
      [connectorId, sessionId, now, triedBefore(now)],
    );
    return rowCount === 1;
  }
}
