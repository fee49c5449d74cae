import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import type { Awaitable } from '../../platform/timing/when-ready';
import { LruCache } from '../lru-cache';
import type { AppUserNames } from './app-identity';
import { AppUserRepository, type AppUserId } from './app-user.repository';

/** The app token of a removed user, or of a disconnected connector, works for at most this long. */
export const APP_USER_SECONDS = 5;
const CAPACITY = 50_000;

interface Answer {
  askedAt: number;
  names: Awaitable<AppUserNames | undefined>;
}

interface Waiting extends AppUserId {
  resolve: (names: AppUserNames | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Whether the user of an app token is still there, asked of the database once per user and APP_USER_SECONDS. Questions of
 * one turn of the event loop are one query: when all apps come back at once, each brings a user that nobody asked for yet.
 */
@Injectable()
export class AppUserStatus {
  private readonly answers = new LruCache<Answer>(CAPACITY);
  private waiting: Waiting[] = [];

  constructor(
    private readonly database: Database,
    private readonly users: AppUserRepository,
    private readonly clock: Clock,
  ) {}

  /** How the user is named now; undefined when the user is removed or the connector disconnected. */
  namesOf(connectorId: string, userId: string): Awaitable<AppUserNames | undefined> {
    const key = keyOf({ connectorId, userId });
    const now = this.clock.now().getTime();
    const known = this.answers.get(key);
    // A clock that was set back would otherwise keep an answer for as long as it was set back.
    if (known !== undefined && Math.abs(now - known.askedAt) < APP_USER_SECONDS * 1000) return known.names;
    // The promise is kept until its value is there: requests that come together share one question.
    const names = this.ask({ connectorId, userId });
    const answer: Answer = { askedAt: now, names };
    this.answers.set(key, answer);
    names.then(
      (found) => (answer.names = found),
      () => this.answers.delete(key),
    );
    return names;
  }

  private ask(user: AppUserId): Promise<AppUserNames | undefined> {
    if (this.waiting.length === 0) setImmediate(() => void this.flush());
    return new Promise((resolve, reject) => this.waiting.push({ ...user, resolve, reject }));
  }

  /** Never rejects: who waits is told. */
  private async flush(): Promise<void> {
    const asked = this.waiting;
    this.waiting = [];
    try {
      const found = new Map((await this.users.findAll(this.database, asked)).map((user) => [keyOf(user), user]));
      for (const waiting of asked) waiting.resolve(found.get(keyOf(waiting)));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}

/** A connector id has no spaces. */
const keyOf = ({ connectorId, userId }: AppUserId): string => `${connectorId} ${userId}`;
