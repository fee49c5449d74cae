import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startSandbox, SANDBOX_CREDENTIALS, type RunningSandbox } from '../../sandbox/server';
import { walkConnect, type WalkOptions, type WalkResult } from '../../sandbox/walkthrough';
import { ApiClients } from '../../src/access/api-clients.service';
import { SCOPES, type Scope } from '../../src/access/principal';
import { Clock } from '../../src/platform/clock/clock';
import type { Config } from '../../src/platform/config/config';
import { readEnvironment } from '../../src/platform/config/read-environment';
import { Database } from '../../src/platform/database/database';
import { createLogger } from '../../src/platform/logging/logger';
import { startServer } from '../../src/start-server';
import { freePort } from './free-port';
import { createTestDatabase } from './test-database';

/** Real time, which a test may push forward. */
export class MovableClock extends Clock {
  private offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}

export interface Program {
  app: NestFastifyApplication;
  config: Config;
  url: string;
  sandbox: RunningSandbox;
  database: Database;
  databaseUrl: string;
  clock: MovableClock;
  /** Everything that was logged, at the finest level. */
  log(): string;
  connect(options?: Partial<WalkOptions>): Promise<WalkResult>;
  connectorIds(): Promise<string[]>;
  /** A bearer token for a connector. */
  token(connectorId: string, scopes?: readonly Scope[]): Promise<string>;
  get(path: string, token?: string): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  users?: number;
  sandbox?: RunningSandbox;
  env?: Record<string, string>;
  /** `api`: nobody works on jobs. */
  role?: 'api' | 'all';
}

/** The whole program on a real database and the sandbox over HTTP, in this process. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const database = await createTestDatabase();
  const sandbox = options.sandbox ?? (await startSandbox({ port: 0, users: options.users ?? 60 }));
  const port = await freePort();
  const environment = readEnvironment(
    {
      PORT: String(port),
      ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'debug',
      SYNC_INTERVAL: '1d',
      DATABASE_URL: database.url,
      ...options.env,
    },
    { ...SANDBOX_CREDENTIALS, urls: () => sandbox.urls },
  );
  const config = { ...environment, role: options.role ?? environment.role };
  const lines: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const clock = new MovableClock();
  const app = await startServer({
    config,
    databaseUrl: database.url,
    logger: createLogger({ level: 'debug', pretty: false, stream }),
    clock,
  });
  const direct = new Database(database.url, { max: 2 });
  const get: Program['get'] = async (path, token) => {
    const response = await fetch(`${config.publicUrl}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  };
  return {
    app,
    config,
    url: config.publicUrl,
    sandbox,
    database: direct,
    databaseUrl: database.url,
    clock,
    log: () => lines.join(''),
    connect: (walk) => walkConnect({ publicUrl: config.publicUrl, ...walk }),
    connectorIds: async () =>
      (await direct.query<{ id: string }>('select connector_id as id from connectors order by created_at')).rows.map(
        (row) => row.id,
      ),
    token: async (connectorId, scopes = SCOPES) => {
      const { clientId, clientSecret } = await app.get(ApiClients).create(connectorId, [...scopes], 'test');
      const response = await fetch(`${config.publicUrl}/oauth2/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }),
      });
      const body = (await response.json()) as { access_token?: string };
      if (body.access_token === undefined) throw new Error(`no token: ${response.status} ${JSON.stringify(body)}`);
      return body.access_token;
    },
    get,
    stop: async () => {
      await app.close();
      if (options.sandbox === undefined) await sandbox.stop();
      await direct.close();
      await database.drop();
    },
  };
}

/** Waits until `probe` gives something other than undefined. */
export async function until<T>(what: string, probe: () => Promise<T | undefined>, patienceMs = 90_000): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${patienceMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The newest run of a connector once it is no longer queued or running. */
export async function endedRun(
  program: Program,
  connectorId: string,
  after?: string,
): Promise<Record<string, unknown>> {
  const token = await program.token(connectorId);
  return until('a sync run to end', async () => {
    const { body } = await program.get(`/v1/connectors/${connectorId}/sync-runs?limit=1`, token);
    const [run] = body['items'] as Record<string, unknown>[];
    return run === undefined || run['id'] === after || ['queued', 'running'].includes(run['state'] as string)
      ? undefined
      : run;
  });
}
