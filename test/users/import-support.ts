import { request, type ClientRequest } from 'node:http';
import type { ImportResultDto } from '../../src/users/import/import.dto';
import type { UsersApp } from './users-app';

export interface ImportAnswer {
  status: number;
  headers: Headers;
  body: ImportResultDto & { code: string; detail: string };
  text: string;
}

const addressOf = (users: UsersApp, query: string): string =>
  `${users.url}/v1/connectors/${users.connectorId}/users/import${query}`;

/** Sends a file as an admin does. */
export async function upload(
  users: UsersApp,
  file: RequestInit['body'],
  query = '',
  headers: Record<string, string> = {},
): Promise<ImportAnswer> {
  const response = await fetch(addressOf(users, query), {
    method: 'POST',
    headers: { authorization: `Bearer ${await users.token()}`, 'content-type': 'text/csv', ...headers },
    body: file ?? null,
    duplex: 'half',
  });
  // Not text(), which would hide a byte order mark.
  const text = Buffer.from(await response.arrayBuffer()).toString();
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  const body = (isJson ? JSON.parse(text) : {}) as ImportAnswer['body'];
  return { status: response.status, headers: response.headers, body, text };
}

/** Enough for the server to say that it is reading, and nothing in it. */
const BLANK = `${' '.repeat(1_023)}\n`.repeat(300);

/** An upload that comes as slowly as the test wants, and is told how far it is. */
export class SlowUpload {
  private readonly told: string[] = [];
  private readonly end: Promise<void>;

  private constructor(
    private readonly sending: ClientRequest,
    begun: () => void,
  ) {
    this.end = new Promise((resolve, reject) => {
      sending.once('error', reject);
      sending.once('response', (response) => {
        response.setEncoding('utf8').on('data', (chunk: string) => {
          this.told.push(chunk);
          begun();
        });
        response.once('end', resolve).once('error', reject);
      });
    });
    // A test that breaks it off does not wait for its end.
    this.end.catch(() => undefined);
  }

  /** Resolves when the server has begun to read. */
  static async start(users: UsersApp, text: string): Promise<SlowUpload> {
    const headers = {
      authorization: `Bearer ${await users.token()}`,
      'content-type': 'text/csv',
      accept: 'application/x-ndjson',
    };
    return new Promise((resolve) => {
      const sending = request(addressOf(users, ''), { method: 'POST', headers, agent: false });
      const started: SlowUpload = new SlowUpload(sending, () => resolve(started));
      sending.write(text + BLANK);
    });
  }

  /** @returns the last line */
  async finish(text = ''): Promise<{ result?: ImportResultDto; problem?: { status: number } }> {
    this.sending.end(text);
    await this.end;
    return JSON.parse(this.told.join('').trim().split('\n').at(-1) ?? '') as { result?: ImportResultDto };
  }

  /** By which the server tells its connection from others. */
  get port(): number | undefined {
    return this.sending.socket?.localPort;
  }

  breakOff(): void {
    this.sending.destroy();
  }
}

/** Everybody who is there, as [email, membership, status]. */
export async function usersNow(users: UsersApp): Promise<[string, string, string][]> {
  const { rows } = await users.database.query<{ email: string; membership: string; status: string }>(
    'select email, membership, status from integrated_users where connector_id = $1 order by email',
    [users.connectorId],
  );
  return rows.map(({ email, membership, status }) => [email, membership, status]);
}

const TABLES = [
  'integrated_users',
  'sip_credentials',
  'registrations',
  'user_changes',
  'change_feeds',
  'status_transitions',
  'status_feeds',
  'audit_events',
  'connectors',
];

/** All rows, with the transaction that wrote each: a row that is written as it was is a change, too. */
export async function everyRow(users: UsersApp): Promise<string[]> {
  const all: string[] = [];
  for (const table of TABLES) {
    const { rows } = await users.database.query<{ row: string }>(
      `select concat_ws(' ', '${table}', xmin, t) as row from ${table} t order by 1`,
    );
    all.push(...rows.map(({ row }) => row));
  }
  return all;
}

/** Resolves when a statement of the server waits for a lock that the test holds. */
export async function waitsForLock(users: UsersApp): Promise<number> {
  for (;;) {
    const { rows } = await users.database.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0] !== undefined) return rows[0].pid;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
