import { Injectable } from '@nestjs/common';
import type { UserKey } from '../access/user-key';
import { StatusRepository, type StatusQuestion, type StatusReading } from './status.repository';

/** Keeps one query small enough to plan as index lookups; more go into the next one. */
const BATCH_SIZE = 200;
/** At most this long does a read wait for the query before it; then it no longer waits for one that hangs. */
const LONGEST_WAIT_MS = 20;

interface Waiting {
  question: StatusQuestion;
  answer: Promise<StatusReading | undefined>;
  resolve: (record: StatusReading | undefined) => void;
  reject: (error: unknown) => void;
}

/** Reads that wait, all of one kind. */
interface Line {
  waiting: Map<string, Waiting>;
  /** Queries on their way. */
  running: number;
  timer: NodeJS.Timeout | undefined;
}

const emptyLine = (): Line => ({ waiting: new Map(), running: 0, timer: undefined });

/**
 * Status reads that arrive in the same turn of the event loop, or while a query is on its way, become one query: the round
 * trip, not the lookup, is what costs. With 64 connections that makes 30 reads a query; a query for each turn had 10 and
 * answered a third less. An idle server answers as fast as without, because a turn then holds one read.
 */
@Injectable()
export class StatusBatcher {
  private readonly lines: Record<UserKey['kind'], Line> = { email: emptyLine(), zoom_id: emptyLine() };

  constructor(private readonly repository: StatusRepository) {}

  /** undefined: unknown user. Readers of the same user in one turn share a record: do not change it. */
  read(connectorId: string, user: UserKey): Promise<StatusReading | undefined> {
    const line = this.lines[user.kind];
    const key = keyOf(connectorId, user.value);
    const known = line.waiting.get(key);
    if (known !== undefined) return known.answer;
    if (line.waiting.size === 0) this.schedule(user.kind, line);
    const { promise, resolve, reject } = defer<StatusReading | undefined>();
    line.waiting.set(key, { question: { connectorId, user }, answer: promise, resolve, reject });
    return promise;
  }

  private schedule(kind: UserKey['kind'], line: Line): void {
    if (line.running === 0) setImmediate(() => this.flush(kind, line));
    else line.timer = setTimeout(() => this.flush(kind, line), LONGEST_WAIT_MS);
  }

  private flush(kind: UserKey['kind'], line: Line): void {
    clearTimeout(line.timer);
    const all = [...line.waiting.values()];
    line.waiting = new Map();
    for (let start = 0; start < all.length; start += BATCH_SIZE)
      void this.ask(kind, line, all.slice(start, start + BATCH_SIZE));
  }

  /** Never rejects: who waits is told. */
  private async ask(kind: UserKey['kind'], line: Line, batch: Waiting[]): Promise<void> {
    line.running += 1;
    const tell = await this.repository.find(kind, questionsOf(batch)).then(
      (records) => () => {
        const found = new Map(records.map((record) => [keyOf(record.connectorId, nameOf(kind, record)), record]));
        for (const { question, resolve } of batch) resolve(found.get(keyOf(question.connectorId, question.user.value)));
      },
      (error: unknown) => () => {
        for (const { reject } of batch) reject(error);
      },
    );
    line.running -= 1;
    // The next query leaves first, so that PostgreSQL works while these answers are written.
    if (line.waiting.size > 0) this.flush(kind, line);
    process.nextTick(tell);
  }
}

const questionsOf = (batch: readonly Waiting[]): StatusQuestion[] => batch.map(({ question }) => question);

/** A connector id has no spaces. */
const keyOf = (connectorId: string, name: string | null): string => `${connectorId} ${name}`;

const nameOf = (kind: UserKey['kind'], record: StatusReading): string | null =>
  kind === 'email' ? record.email : record.zoomUserId;

/** Promise.withResolvers needs Node 22. */
function defer<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
