import type { DynamicModule } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccessModule } from '../../src/access/access.module';
import { ApiClients } from '../../src/access/api-clients.service';
import type { Scope } from '../../src/access/principal';
import { AlertsModule } from '../../src/alerts/alerts.module';
import { ConnectorModule } from '../../src/connector/connector.module';
import { OAuthModule } from '../../src/oauth/oauth.module';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { Database } from '../../src/platform/database/database';
import { createHttpApp } from '../../src/platform/http/server';
import { createLogger } from '../../src/platform/logging/logger';
import { Queue } from '../../src/platform/queue/queue';
import { QueueWorkerModule } from '../../src/platform/queue/queue-worker.module';
import { PlatformModule } from '../../src/platform/platform.module';
import { ENQUEUE_DUE_SYNCS } from '../../src/sync/sync-jobs';
import { SyncModule } from '../../src/sync/sync.module';
import { SyncWorkerModule } from '../../src/sync/sync-worker.module';
import { basic, postForm, PUBLIC_URL, testConfig } from '../access/access-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let app: NestFastifyApplication | undefined;
let url: string;

async function start(...modules: DynamicModule['imports'] & object): Promise<NestFastifyApplication> {
  const logger = createLogger({ level: 'error', pretty: false });
  const root: DynamicModule = {
    module: class RootModule {},
    imports: [
      PlatformModule.forRoot({ config: testConfig(), logger, databaseUrl: database.url }),
      AccessModule,
      AlertsModule,
      OAuthModule,
      ConnectorModule,
      ...modules,
    ],
  };
  const started = await createHttpApp(root, { logger, pathPrefix: new URL(PUBLIC_URL).pathname });
  await started.listen(0, '127.0.0.1');
  url = await started.getUrl();
  app = started;
  return started;
}

async function connector(of: NestFastifyApplication, state = 'active'): Promise<string> {
  const connectorId = randomUUID();
  const db = of.get(Database);
  // Far away, so that only what the test does enqueues a run.
  await db.query(
    `insert into connectors (connector_id, state, zoom_account_id, cloudlink_account_id, next_sync_at)
     values ($1::uuid, $2, $1::text, $1::text, now() + interval '1 day')`,
    [connectorId, state],
  );
  await of.get(ConnectorCiphers).create(connectorId, db);
  return connectorId;
}

async function token(of: NestFastifyApplication, connectorId: string, ...scopes: Scope[]): Promise<string> {
  const client = await of.get(ApiClients).create(connectorId, scopes, 'test');
  const form = { grant_type: 'client_credentials', scope: scopes.join(' ') };
  const answer = await postForm(url, form, { authorization: basic(client.clientId, client.clientSecret) });
  return answer.body.access_token ?? '';
}

interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the server says
  body: any;
}

async function call(method: string, path: string, bearer: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered = (await response.json()) as Answer['body'];
  return { status: response.status, headers: response.headers, body: answered as unknown };
}

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await app?.close();
  app = undefined;
  await database.drop();
});

describe('the sync routes', () => {
  it('start one run for eight callers and say where to follow it', async () => {
    const of = await start(SyncModule);
    const id = await connector(of);
    const bearer = await token(of, id, 'sync:run', 'status:read');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call('POST', `/v1/connectors/${id}/sync`, bearer)),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 8 }, () => 202));
    expect(new Set(answers.map((answer) => String(answer.body.id))).size).toBe(1);
    const [first] = answers;
    expect(first?.body).toEqual({
      id: expect.any(String),
      connectorId: id,
      trigger: 'manual',
      mode: 'full',
      state: 'queued',
      phase: 'zoom_users',
      counts: { read: 0, created: 0, updated: 0, unchanged: 0, removed: 0, problems: 0, missing: 0 },
      error: null,
      createdAt: expect.stringMatching(/Z$/),
      startedAt: null,
      finishedAt: null,
    });
    const location = first?.headers.get('location') ?? '';
    expect(location).toBe(`/zoom/v1/connectors/${id}/sync-runs/${first?.body.id}`);
    const nothingYet = { phase: 'zoom_users', read: 0, expected: null, usersPerSecond: 0, secondsLeft: null };
    expect(await call('GET', location, bearer)).toMatchObject({
      status: 200,
      body: { ...first?.body, progress: nothingYet },
    });
    expect(await call('GET', `/v1/connectors/${id}/sync-runs?limit=5`, bearer)).toMatchObject({
      status: 200,
      body: { items: [first?.body], nextCursor: null },
    });
    expect((await call('GET', `${location}/problems`, bearer)).body).toEqual({ items: [], nextCursor: null });
    expect(await call('POST', `${location}/approve`, bearer)).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
  });

  it('read only what has changed where that is asked for and possible', async () => {
    const of = await start(SyncModule);
    const id = await connector(of);
    const bearer = await token(of, id, 'sync:run', 'status:read');
    const path = `/v1/connectors/${id}/sync?mode=delta`;
    const end = (): Promise<unknown> =>
      of.get(Database).query(`update sync_runs set state = 'succeeded', finished_at = now()`);
    // Nobody has read everything yet.
    expect(await call('POST', path, bearer)).toMatchObject({
      status: 202,
      body: { mode: 'full', phase: 'zoom_users' },
    });
    await end();
    await of.get(Database).query('update connectors set delta_from = now() where connector_id = $1', [id]);
    const started = await call('POST', path, bearer);
    expect(started).toMatchObject({ status: 202, body: { mode: 'delta', phase: 'cloudlink_users', state: 'queued' } });
    expect(await call('GET', started.headers.get('location') ?? '', bearer)).toMatchObject({ body: started.body });
    // What is asked for without a word is everything, and the queued run becomes that.
    expect(await call('POST', `/v1/connectors/${id}/sync`, bearer)).toMatchObject({
      body: { id: started.body.id, mode: 'full', phase: 'zoom_users' },
    });
  });

  it('refuse what is wrong, by name', async () => {
    const of = await start(SyncModule);
    const id = await connector(of);
    const other = await connector(of);
    const pending = await connector(of, 'pending');
    const dead = await connector(of, 'reauthorization_required');
    const bearer = await token(of, id, 'sync:run', 'status:read');
    const base = `/v1/connectors/${id}`;
    const cases: [string, string, unknown, number, string][] = [
      ['POST', `${base}/sync`, { full: true }, 400, 'full'],
      ['POST', `${base}/sync`, [1], 400, 'body'],
      ['POST', `${base}/sync-runs/nonsense/approve`, undefined, 400, 'runId'],
      ['GET', `${base}/sync-runs/nonsense`, undefined, 400, 'runId'],
      ['POST', `${base}/sync?mode=half`, undefined, 400, 'mode'],
      ['POST', `${base}/sync?full=true`, undefined, 400, 'full'],
      ['GET', `${base}/sync-runs?limit=0`, undefined, 400, 'limit'],
      ['GET', `${base}/sync-runs?limit=x`, undefined, 400, 'limit'],
      ['GET', `${base}/sync-runs?limit=201`, undefined, 400, 'limit'],
      ['GET', `${base}/sync-runs?cursor=%00`, undefined, 400, 'cursor'],
      ['GET', `${base}/sync-runs?cursor=abc`, undefined, 400, 'cursor'],
      ['GET', `${base}/sync-runs?cursor=${Buffer.from(randomUUID()).toString('base64url')}`, undefined, 400, 'cursor'],
      ['GET', `${base}/sync-runs?cursor=${'a'.repeat(201)}`, undefined, 400, 'cursor'],
      ['GET', `${base}/sync-runs?page=2`, undefined, 400, 'page'],
    ];
    for (const [method, path, body, status, field] of cases) {
      const answer = await call(method, path, bearer, body);
      expect({ path, status: answer.status, field: answer.body.errors?.[0]?.field }).toEqual({ path, status, field });
    }
    expect(await call('GET', `${base}/sync-runs/${randomUUID()}`, bearer)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect(await call('GET', `${base}/sync-runs/${randomUUID()}/problems`, bearer)).toMatchObject({ status: 404 });
    expect(await call('POST', `${base}/sync-runs/${randomUUID()}/approve`, bearer)).toMatchObject({ status: 404 });
    expect(await call('POST', `/v1/connectors/${other}/sync`, bearer)).toMatchObject({ status: 404 });
    expect(await call('POST', `${base}/sync`, await token(of, id, 'status:read'))).toMatchObject({ status: 403 });
    expect(await call('POST', `${base}/sync`, 'x.y.z')).toMatchObject({ status: 401 });
    const pendingBearer = await token(of, pending, 'sync:run');
    expect(await call('POST', `/v1/connectors/${pending}/sync`, pendingBearer, {})).toMatchObject({
      status: 409,
      body: { code: 'connector_not_active' },
    });
    const deadBearer = await token(of, dead, 'sync:run');
    expect(await call('POST', `/v1/connectors/${dead}/sync`, deadBearer)).toMatchObject({
      status: 409,
      body: { code: 'reauthorization_required' },
    });
  });

  it('are worked on by the worker of the same process, and by the schedule', async () => {
    const of = await start(QueueWorkerModule, SyncModule, SyncWorkerModule);
    const id = await connector(of);
    const bearer = await token(of, id, 'sync:run', 'status:read');
    const { body: started } = await call('POST', `/v1/connectors/${id}/sync`, bearer);
    let run = started;
    // Nobody has authorised: the run comes as far as the vault.
    for (let i = 0; i < 1_000 && run.finishedAt === null; i += 1) {
      await sleep(20);
      run = (await call('GET', `/v1/connectors/${id}/sync-runs/${started.id}`, bearer)).body;
    }
    expect(run).toMatchObject({ state: 'failed', error: { code: 'reauthorization_required' }, progress: null });
    await of.get(Database).query('update connectors set next_sync_at = now() where connector_id = $1', [id]);
    await of.get(Queue).add(ENQUEUE_DUE_SYNCS, {});
    let items: { trigger: string }[] = [];
    for (let i = 0; i < 1_000 && items.length < 2; i += 1) {
      await sleep(20);
      items = (await call('GET', `/v1/connectors/${id}/sync-runs`, bearer)).body.items;
    }
    expect(items.map((item) => item.trigger)).toEqual(['schedule', 'manual']);
  });

  it('are described as they are', async () => {
    const of = await start(SyncModule);
    const document: OpenAPIObject = SwaggerModule.createDocument(of, new DocumentBuilder().build());
    const operation = document.paths['/v1/connectors/{connectorId}/sync']?.post;
    expect(operation).toMatchObject({ operationId: 'startSync' });
    expect(operation?.requestBody).toBeUndefined();
    expect(Object.keys(operation?.responses ?? {}).sort()).toEqual([
      '202',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
    ]);
    const approve = document.paths['/v1/connectors/{connectorId}/sync-runs/{runId}/approve']?.post;
    expect(approve?.parameters).toMatchObject([
      { name: 'runId', in: 'path' },
      { name: 'connectorId', in: 'path' },
    ]);
    const one = document.paths['/v1/connectors/{connectorId}/sync-runs/{runId}']?.get?.responses['200'];
    expect(JSON.stringify(one)).toContain('WatchedSyncRunDto');
    const list = document.paths['/v1/connectors/{connectorId}/sync-runs']?.get;
    expect(list?.parameters?.map((parameter) => ('name' in parameter ? parameter.name : '')).sort()).toEqual([
      'connectorId',
      'cursor',
      'limit',
    ]);
  });
});
