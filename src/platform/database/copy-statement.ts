import type { Connection, Submittable } from 'pg';

/** What pg's connection has beside what its types tell (pg 8, lib/connection.js). */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/**
 * `COPY … FROM STDIN` of rows that are all at hand: statement, rows and their end go out at once, and the server need not ask
 * for them first: it reads messages in their order, and drops the rows of a statement that has failed (PostgreSQL manual,
 * "COPY Operations" in the message flow). A client that streams rows (pg-copy-streams) waits for a
 * turn of this thread there, which costs a page twice what it takes to wake up, and the server stands with its locks.
 */
export class CopyStatement implements Submittable {
  readonly done: Promise<void>;
  private resolve: () => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  constructor(
    private readonly text: string,
    private readonly rows: Buffer,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    connection.query(this.text);
    (connection as CopyConnection).sendCopyFromChunk(this.rows);
    (connection as CopyConnection).endCopyFrom();
    stream.uncork();
  }

  handleCopyInResponse(): void {
    // They are on their way.
  }

  handleCommandComplete(): void {
    // It counts when the server is ready for more.
  }

  handleReadyForQuery(): void {
    this.resolve();
  }

  handleError(error: Error): void {
    this.reject(error);
  }
}
