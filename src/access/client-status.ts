import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { ApiClients } from './api-clients.service';
import { LruCache } from './lru-cache';
import type { Awaitable } from '../platform/timing/when-ready';

/** A revoked client's tokens work for at most this long. */
export const CLIENT_STATUS_SECONDS = 10;
const CAPACITY = 10_000;

interface Answer {
  askedAt: number;
  /** The connector that the client is bound to; undefined: revoked or gone. */
  connectorId: Awaitable<string | undefined>;
}

/** Whether a client still exists, asked of the database once per client and CLIENT_STATUS_SECONDS. */
@Injectable()
export class ClientStatus {
  private readonly answers = new LruCache<Answer>(CAPACITY);

  constructor(
    private readonly clients: ApiClients,
    private readonly clock: Clock,
  ) {}

  /** The connector of a live client; undefined when the client is revoked or gone. */
  connectorOf(clientId: string): Awaitable<string | undefined> {
    const now = this.clock.now().getTime();
    const known = this.answers.get(clientId);
    if (known !== undefined && now - known.askedAt < CLIENT_STATUS_SECONDS * 1000) return known.connectorId;
    // The promise is kept until its value is there: callers that come together share one query.
    const connectorId = this.clients.findLive(clientId).then((client) => client?.connectorId);
    const answer: Answer = { askedAt: now, connectorId };
    this.answers.set(clientId, answer);
    connectorId.then(
      (found) => (answer.connectorId = found),
      () => this.answers.delete(clientId),
    );
    return connectorId;
  }
}
