import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { ClientStatusRepository, type Standing } from './client-status.repository';
import { LruCache } from './lru-cache';
import type { Awaitable } from '../platform/timing/when-ready';

/** A revoked client's tokens, and revoked tokens, work for at most this long. */
export const CLIENT_STATUS_SECONDS = 10;
const CAPACITY = 10_000;
const CLIENT_ID = /^zc[cm]_[0-9a-f]{32}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Answer {
  askedAt: number;
  standing: Awaitable<Standing | undefined>;
}

/** Whether a client still exists, and may reach a connector: asked of the database once per client and CLIENT_STATUS_SECONDS. */
@Injectable()
export class ClientStatus {
  private readonly answers = new LruCache<Answer>(CAPACITY);

  constructor(
    private readonly database: Database,
    private readonly repository: ClientStatusRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * undefined: the client, or the authorization that its token comes from, is revoked or gone.
   * @param authorizationId of a marketplace client's token; a machine client's has none
   */
  standingOf(clientId: string, authorizationId: string | undefined): Awaitable<Standing | undefined> {
    const key = `${clientId} ${authorizationId ?? ''}`;
    const now = this.clock.now().getTime();
    const known = this.answers.get(key);
    // A clock that was set back would otherwise keep an answer for as long as it was set back.
    if (known !== undefined && Math.abs(now - known.askedAt) < CLIENT_STATUS_SECONDS * 1000) return known.standing;
    // The promise is kept until its value is there: callers that come together share one query.
    const standing = this.ask(clientId, authorizationId);
    const answer: Answer = { askedAt: now, standing };
    this.answers.set(key, answer);
    standing.then(
      (found) => (answer.standing = found),
      () => this.answers.delete(key),
    );
    return standing;
  }

  /** The same as of this moment. A text that cannot be an id of ours never reaches the database. */
  async ask(clientId: string, authorizationId: string | undefined): Promise<Standing | undefined> {
    if (!CLIENT_ID.test(clientId)) return undefined;
    const now = this.clock.now();
    if (authorizationId === undefined) return this.repository.ofMachine(this.database, clientId, now);
    return UUID.test(authorizationId)
      ? this.repository.ofAuthorization(this.database, clientId, authorizationId, now)
      : undefined;
  }
}
