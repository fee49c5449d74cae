import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from, to } from 'pg-copy-streams';

/** `COPY … TO STDOUT`: the rows as PostgreSQL writes them. */
export async function copyOut(url: string, text: string): Promise<Buffer[]> {
  return withClient(url, async (client) => {
    const rows: Buffer[] = [];
    for await (const chunk of client.query(to(text))) rows.push(chunk as Buffer);
    return inChunks(rows);
  });
}

/** `COPY … FROM STDIN`, one after the other, each committed. */
export async function copyIn(url: string, copies: { text: string; chunks: Buffer[] }[]): Promise<void> {
  await withClient(url, async (client) => {
    for (const { text, chunks } of copies) {
      const stream = client.query(from(text));
      for (const chunk of chunks) stream.write(chunk);
      stream.end();
      await finished(stream);
    }
  });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** However they came; 64 KiB at a time is what psql sends back. */
function inChunks(rows: Buffer[]): Buffer[] {
  const whole = Buffer.concat(rows);
  const chunks: Buffer[] = [];
  for (let at = 0; at < whole.length; at += 65_536) chunks.push(whole.subarray(at, at + 65_536));
  return chunks;
}
