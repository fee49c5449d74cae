import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Database, type Queryable } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import { reasonOf } from '../../platform/errors/reason-of';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { SCOPES, type Principal, type Scope } from '../principal';
import { hashSecret, makeSecret } from '../secret-hash';
import { AdminStanding } from './admin-standing';
import { ABSOLUTE_SECONDS, isLookDue, isTouchDue, whyOver, type SessionEnd } from './judge-session';
import { SessionRepository, type Session } from './session.repository';

/** All but what belongs to apps and Zoom's cloud: nobody reads a credential in a browser, or reports for a device. */
export const SESSION_SCOPES: readonly Scope[] = SCOPES.filter(
  (scope) => scope !== 'credentials:read' && scope !== 'registrations:write',
);
const SCOPES_OF_SESSION: ReadonlySet<Scope> = new Set(SESSION_SCOPES);

/** A provider that does not answer holds up a page no longer than this: the session goes on, and the next minute tries again. */
const LOOK_PATIENCE_MS = 10_000;
const SWEEP_BATCH = 500;

type Ending = SessionEnd | 'signed_out' | 'signed_out_everywhere' | 'signed_in_again';
/** Where somebody asked from, for the audit. */
export type Place = Pick<Actor, 'requestId' | 'address'>;

const SWEEPER: Actor = { actorKind: 'system', actorId: 'sessions' };

/** Admins who are signed in to the console. Each begin and end is one transaction with its audit. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly repository: SessionRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Optional() private readonly standing?: AdminStanding,
  ) {}

  /**
   * Signs a browser in, by the grant that its admin has just given. What it was signed in to before is over: the
   * secret is a new one each time.
   * @returns the secret for the cookie; undefined: the grant has died in between
   */
  begin(by: { connectorId: string; grantId: string; browser: string }, place: Place): Promise<string | undefined> {
    const secret = makeSecret();
    const now = this.clock.now();
    return this.database.transaction(async (transaction) => {
      const browserHash = hashSecret(by.browser);
      for (const old of await this.repository.ofBrowser(transaction, browserHash))
        await this.end(transaction, old, 'signed_in_again', actorOf(old, place));
      const session = await this.repository.insert(
        transaction,
        { ...by, sessionId: randomUUID(), secretHash: hashSecret(secret), browserHash },
        now,
        new Date(now.getTime() + ABSOLUTE_SECONDS * 1000),
      );
      if (session === undefined) return undefined;
      await this.record(transaction, session, 'session.started', actorOf(session, place), {});
      return secret;
    });
  }

  /**
   * Who this is. Looks at the admin's role again where that is due, before it answers.
   * @param isUse a person does something; what a page asks by itself does not keep a session alive
   * @throws AppError `unauthenticated` when there is no such session, or it is over
   */
  async admit(secret: string, isUse: boolean): Promise<Principal> {
    let session = await this.find(secret);
    if (await this.lookAgain(session)) session = await this.find(secret);
    const now = this.clock.now();
    if (isUse && isTouchDue(session, now)) await this.repository.touch(this.database, session, now);
    return principalOf(session);
  }

  /** The same question without any effect but that a session which is over ends. @throws AppError `unauthenticated` */
  async find(secret: string): Promise<Session> {
    const session = await this.repository.findBySecret(this.database, hashSecret(secret));
    if (session === undefined) throw over('no such session');
    const reason = whyOver(session, this.clock.now());
    if (reason === undefined) return session;
    await this.endAll([session], reason, SWEEPER);
    throw over(reason);
  }

  async signOut(secret: string, place: Place): Promise<void> {
    const session = await this.find(secret);
    await this.endAll([session], 'signed_out', actorOf(session, place));
  }

  /** In every browser in which this admin is signed in. */
  async signOutEverywhere(secret: string, place: Place): Promise<void> {
    const session = await this.find(secret);
    const all = await this.repository.ofGrant(this.database, session.connectorId, session.grantId);
    await this.endAll(all, 'signed_out_everywhere', actorOf(session, place));
  }

  /** Those that ended by themselves while nobody asked. What is over is refused without it; this keeps table and audit true. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const session of await this.repository.perhapsOver(this.database, now, SWEEP_BATCH)) {
      const reason = whyOver(session, now);
      if (reason !== undefined) await this.endAll([session], reason, SWEEPER);
    }
  }

  private async lookAgain(session: Session): Promise<boolean> {
    const now = this.clock.now();
    if (this.standing === undefined || !isLookDue(session, now)) return false;
    if (!(await this.repository.takeLook(this.database, session, now))) return false;
    const { connectorId, grantId, sessionId } = session;
    const look = this.standing.look(connectorId, grantId).catch((error: unknown) => {
      this.logger.warn(
        { connectorId, grantId, sessionId, reason: reasonOf(error) },
        'an admin’s role was not looked at',
      );
    });
    await atMost(look, LOOK_PATIENCE_MS);
    return true;
  }

  private endAll(sessions: readonly Session[], reason: Ending, actor: Actor): Promise<void> {
    return this.database.transaction(async (transaction) => {
      for (const session of sessions) await this.end(transaction, session, reason, actor);
    });
  }

  private async end(via: Queryable, session: Session, reason: Ending, actor: Actor): Promise<void> {
    if (await this.repository.delete(via, session)) await this.record(via, session, 'session.ended', actor, { reason });
  }

  private record(
    via: Queryable,
    { connectorId, sessionId, provider, email }: Session,
    action: string,
    actor: Actor,
    details: Record<string, string>,
  ): Promise<void> {
    return this.audit.record(
      { ...actor, connectorId, action, subject: sessionId, details: { provider, email, ...details } },
      via,
    );
  }
}

const actorOf = ({ subjectId }: Session, place: Place): Actor => ({ actorKind: 'admin', actorId: subjectId, ...place });

const principalOf = ({ connectorId, sessionId, subjectId, email, provider }: Session): Principal => ({
  clientId: `session/${sessionId}`,
  connectorId,
  scopes: SCOPES_OF_SESSION,
  admin: { sessionId, subjectId, email, provider },
});

const over = (detail: string): AppError =>
  new AppError('unauthenticated', 'This session is over, or was never begun: sign in.', { detail });

async function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
