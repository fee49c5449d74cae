import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Language } from '../../platform/config/config';
import { AppError } from '../../platform/errors/app-error';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { DATABASE_URL } from '../../platform/platform.module';
import { describeTransition } from './describe-transition';
import { EventStream, formatEvent } from './event-stream';
import { TransitionBell } from './transition-bell';
import { TransitionRepository, type Transition } from './transition.repository';
import { reasonOf } from '../../platform/errors/reason-of';

/** Read at once, and so the most that is in memory. */
const PAGE = 500;
/** Each holds a socket and little else. */
const MAX_LISTENERS = 20_000;
const BEAT_MS = 15_000;

/** Throws when the listener may not listen any more. */
export type StillAllowed = () => Promise<unknown>;

export interface Listener {
  response: ServerResponse;
  position: number;
  /** Of the texts about a SIP code. */
  language: Language;
  stillAllowed: StillAllowed;
}

interface Listeners {
  /** Everything up to here was handed to those who are up to date. */
  position: number;
  streams: Map<EventStream, StillAllowed>;
  reading: Promise<void> | undefined;
  isDirty: boolean;
}

/**
 * Hands status changes to whoever listens. However many listen to a connector in this process, each change is read and
 * written as text once; a listener that comes back, or reads slowly, goes on by itself until it has caught up with the others.
 */
@Injectable()
export class StatusEvents implements BeforeApplicationShutdown {
  private readonly connectors = new Map<string, Listeners>();
  private readonly bell: TransitionBell;
  private count = 0;
  private beating: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly transitions: TransitionRepository,
    @Inject(DATABASE_URL) databaseUrl: string,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.bell = new TransitionBell(
      databaseUrl,
      logger,
      (connectorId) => this.ring(connectorId),
      () => this.ringAll(),
    );
  }

  /** @throws AppError `unavailable` when no more can listen */
  checkRoom(): void {
    if (this.isStopped || this.count >= MAX_LISTENERS)
      throw new AppError('unavailable', 'Too many listen already, or the service is about to stop. Try again soon.', {
        retryable: true,
        retryAfterSeconds: 5,
      });
  }

  /** @returns where a listener begins: `after`, or now when there is none, or when it is not of this feed */
  async startOf(connectorId: string, after: number | undefined): Promise<{ position: number; isReset: boolean }> {
    const last = await this.transitions.lastPosition(connectorId);
    const isReset = after !== undefined && after > last;
    return { position: after === undefined || isReset ? last : after, isReset };
  }

  /** The head of the answer is written already. */
  listen(connectorId: string, listener: Listener): void {
    const { response, position, language, stillAllowed } = listener;
    // Closed, or the program about to stop, while the place was looked up: then nobody would ever take it off the list.
    if (this.isStopped || response.destroyed) {
      response.end();
      return;
    }
    this.bell.open();
    this.startBeating();
    const listeners = this.listenersOf(connectorId, position);
    const stream = new EventStream(response, position, language, () => this.forget(connectorId, listeners, stream));
    this.count += 1;
    listeners.streams.set(stream, stillAllowed);
    void this.catchUp(connectorId, listeners, stream);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.beating);
    for (const { streams } of [...this.connectors.values()]) for (const stream of [...streams.keys()]) stream.end();
    await Promise.all([...this.connectors.values()].flatMap(({ reading }) => reading ?? []));
    await this.bell.close();
  }

  private listenersOf(connectorId: string, position: number): Listeners {
    const known = this.connectors.get(connectorId);
    if (known !== undefined) return known;
    const fresh: Listeners = { position, streams: new Map(), reading: undefined, isDirty: false };
    this.connectors.set(connectorId, fresh);
    return fresh;
  }

  private forget(connectorId: string, listeners: Listeners, stream: EventStream): void {
    if (!listeners.streams.delete(stream)) return;
    this.count -= 1;
    if (listeners.streams.size === 0 && this.connectors.get(connectorId) === listeners)
      this.connectors.delete(connectorId);
  }

  /** Alone, until the stream is where the others are; from then on it goes with them. Then a look whether more has come. */
  private async catchUp(connectorId: string, listeners: Listeners, stream: EventStream): Promise<void> {
    stream.isBehind = true;
    try {
      while (stream.isOpen && stream.position < listeners.position) {
        await stream.room();
        // What the others have by now; more may be read for them while we read.
        const target = listeners.position;
        const found = await this.transitions.after(connectorId, stream.position, PAGE);
        const upTo = found.filter(({ position }) => position <= target);
        const isWhole = found.length < PAGE || upTo.length < found.length;
        stream.send(format(upTo, stream.language), isWhole ? target : lastOf(found));
      }
      stream.isBehind = false;
      this.ring(connectorId);
    } catch (error) {
      this.warn(error);
      stream.end();
    }
  }

  private ring(connectorId: string): void {
    const listeners = this.connectors.get(connectorId);
    if (listeners === undefined) return;
    listeners.isDirty = true;
    listeners.reading ??= this.read(connectorId, listeners).finally(() => {
      listeners.reading = undefined;
      if (listeners.isDirty && listeners.streams.size > 0) this.ring(connectorId);
    });
  }

  private ringAll(): void {
    for (const connectorId of this.connectors.keys()) this.ring(connectorId);
  }

  private async read(connectorId: string, listeners: Listeners): Promise<void> {
    try {
      while (listeners.isDirty) {
        listeners.isDirty = false;
        const found = await this.transitions.after(connectorId, listeners.position, PAGE);
        if (found.length === 0) continue;
        const from = listeners.position;
        listeners.position = lastOf(found);
        const chunks = new Map<Language, string>();
        const chunkFor = (language: Language): string => {
          const chunk = chunks.get(language) ?? format(found, language);
          chunks.set(language, chunk);
          return chunk;
        };
        for (const stream of listeners.streams.keys()) {
          if (stream.isBehind) continue;
          if (!stream.hasRoom) void this.catchUp(connectorId, listeners, stream);
          else if (stream.position === from) stream.send(chunkFor(stream.language), listeners.position);
          // Began between two reads, and so a little ahead of the others.
          else {
            const rest = found.filter(({ position }) => position > stream.position);
            stream.send(format(rest, stream.language), listeners.position);
          }
        }
        if (found.length === PAGE) listeners.isDirty = true;
      }
    } catch (error) {
      // The next change, beat or reconnection looks again: nothing was skipped.
      this.warn(error);
    }
  }

  private startBeating(): void {
    this.beating ??= setInterval(() => void this.beat(), BEAT_MS);
    this.beating.unref();
  }

  /** By the timer. Also for those whose token has expired or was revoked meanwhile, and for what a lost NOTIFY did not tell. */
  async beat(): Promise<void> {
    for (const { streams } of [...this.connectors.values()]) {
      for (const [stream, stillAllowed] of [...streams]) {
        try {
          await stillAllowed();
          stream.beat();
        } catch (error) {
          if (error instanceof AppError && error.code === 'unauthenticated') stream.end();
        }
      }
    }
    this.ringAll();
  }

  private warn(error: unknown): void {
    this.logger.warn({ reason: reasonOf(error) }, 'status events were not read');
  }
}

const lastOf = (transitions: readonly Transition[]): number => transitions.at(-1)?.position ?? 0;

const format = (transitions: readonly Transition[], language: Language): string =>
  transitions
    .map((transition) =>
      formatEvent('status', transition.position, {
        userId: transition.zoomUserId,
        email: transition.email,
        ...describeTransition(transition, language),
      }),
    )
    .join('');
