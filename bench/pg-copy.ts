import { Client, type Connection, type Submittable } from 'pg';

/** The messages of COPY, which pg reads and writes but has no public name for. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/**
 * One COPY statement in either direction, over pg's own connection: pg hands its messages to whatever it was given to
 * submit. Enough for a benchmark: everything is in memory, and a slow server is not waited for.
 */
class Copy implements Submittable {
  readonly received: Buffer[] = [];
  readonly done: Promise<void>;
  private error: Error | undefined;
  private settle: (error?: Error) => void = () => undefined;

  constructor(
    private readonly text: string,
    private readonly chunks: Buffer[] = [],
  ) {
    this.done = new Promise((resolve, reject) => {
      this.settle = (error) => (error === undefined ? resolve() : reject(error));
    });
  }

  submit(connection: Connection): void {
    (connection as unknown as CopyConnection).query(this.text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    for (const chunk of this.chunks) connection.sendCopyFromChunk(chunk);
    connection.endCopyFrom();
  }

  handleCopyData(message: { chunk: Buffer }): void {
    this.received.push(Buffer.from(message.chunk));
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.error = error;
    this.settle(error);
  }

  handleReadyForQuery(): void {
    if (this.error === undefined) this.settle();
  }
}

/** `COPY … TO STDOUT`: the rows as PostgreSQL writes them. */
export async function copyOut(url: string, text: string): Promise<Buffer[]> {
  const copy = new Copy(text);
  await submit(url, [copy]);
  return inChunks(copy.received);
}

/** `COPY … FROM STDIN`, one after the other in one transaction. */
export async function copyIn(url: string, copies: { text: string; chunks: Buffer[] }[]): Promise<void> {
  await submit(
    url,
    copies.map(({ text, chunks }) => new Copy(text, chunks)),
  );
}

async function submit(url: string, copies: Copy[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    for (const copy of copies) {
      client.query(copy);
      await copy.done;
    }
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** PostgreSQL sends a message per row; 64 KiB at a time is what psql sends back. */
function inChunks(rows: Buffer[]): Buffer[] {
  const whole = Buffer.concat(rows);
  const chunks: Buffer[] = [];
  for (let at = 0; at < whole.length; at += 65_536) chunks.push(whole.subarray(at, at + 65_536));
  return chunks;
}
