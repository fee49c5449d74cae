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
const SESSION_SCOPES: ReadonlySet<Scope> = new Set(
  SCOPES.filter((scope) => scope !== 'credentials:read' && scope !== 'registrations:write'),
);

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
  /** Under way in this process, by grant. */
  private readonly looks = new Map<string, Promise<void>>();

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
   * Whose this is. Looks at the admin's role again where that is due, before it answers.
   * @throws AppError `unauthenticated` when there is no such session, or it is over
   */
  async admit(secret: string): Promise<Session> {
    const session = await this.find(secret);
    return (await this.lookAgain(session)) ? this.find(secret) : session;
  }

  /** A person does something; what a page asks by itself does not keep a session alive. */
  async use(session: Session): Promise<void> {
    const now = this.clock.now();
    if (isTouchDue(session, now)) await this.repository.touch(this.database, session, now);
  }

  /** Whether this browser is signed in to this connector now. */
  async isOf(browser: string, connectorId: string): Promise<boolean> {
    const now = this.clock.now();
    const sessions = await this.repository.ofBrowser(this.database, hashSecret(browser));
    return sessions.some((session) => session.connectorId === connectorId && whyOver(session, now) === undefined);
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
    let ended: number;
    do {
      ended = 0;
      for (const session of await this.repository.perhapsOver(this.database, now, SWEEP_BATCH)) {
        const reason = whyOver(session, now);
        if (reason === undefined) continue;
        await this.endAll([session], reason, SWEEPER);
        ended += 1;
      }
    } while (ended === SWEEP_BATCH);
  }

  /** Every request that comes while a look is under way waits for it: none is answered by the role of before. */
  private async lookAgain(session: Session): Promise<boolean> {
    const { standing } = this;
    if (standing === undefined) return false;
    const running = this.looks.get(session.grantId);
    if (running === undefined && !isLookDue(session, this.clock.now())) return false;
    await atMost(running ?? this.beginLook(session, standing), LOOK_PATIENCE_MS);
    return true;
  }

  private beginLook(session: Session, standing: AdminStanding): Promise<void> {
    const { grantId } = session;
    const look = this.look(session, standing).finally(() => this.looks.delete(grantId));
    this.looks.set(grantId, look);
    return look;
  }

  private async look(session: Session, standing: AdminStanding): Promise<void> {
    // Another process may have begun to look.
    if (!(await this.repository.takeLook(this.database, session, this.clock.now()))) return;
    const { connectorId, grantId, sessionId } = session;
    await standing.look(connectorId, grantId).catch((error: unknown) => {
      this.logger.warn(
        { connectorId, grantId, sessionId, reason: reasonOf(error) },
        'an admin’s role was not looked at',
      );
    });
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

export const principalOf = ({ connectorId, sessionId, subjectId, email, provider }: Session): Principal => ({
  clientId: `session/${sessionId}`,
  connectorId,
  scopes: SESSION_SCOPES,
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
