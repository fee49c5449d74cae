import { randomUUID } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { Client } from 'pg';
import { ApiClients, type NewApiClient } from '../../src/access/api-clients.service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { addConnector, AUDIENCE, basic, postForm, PUBLIC_URL, startAccessApp, type AccessApp } from './access-app';

const connectorId = randomUUID();
let database: TestDatabase;
let server: AccessApp;
let client: NewApiClient;
const printed: string[] = [];

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    jest.spyOn(console, method).mockImplementation((...words) => void printed.push(words.join(' ')));
  database = await createTestDatabase();
  server = await startAccessApp(database.url);
  await addConnector(server.database, connectorId);
  client = await server.app.get(ApiClients).create(connectorId, ['status:read', 'sync:run'], 'test');
});

afterAll(async () => {
  await server.close();
  await database.drop();
  jest.restoreAllMocks();
});

const withBasic = (form: Record<string, string>, secret = client.clientSecret) =>
  postForm(server.url, form, { authorization: basic(client.clientId, secret) });

describe('POST /oauth2/token', () => {
  test('HTTP Basic and a scope give a JWT that the published keys verify', async () => {
    const answer = await withBasic({ grant_type: 'client_credentials', scope: 'status:read' });

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      expires_in: 3600,
      token_type: 'Bearer',
      scope: 'status:read',
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('x-request-id')).toMatch(/.{8,}/);
    const token = answer.body.access_token ?? '';
    const { payload, protectedHeader } = await jwtVerify(
      token,
      createRemoteJWKSet(new URL(`${server.url}/oauth2/jwks`)),
      { issuer: PUBLIC_URL, audience: AUDIENCE },
    );
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(payload).toMatchObject({
      client_id: client.clientId,
      connector_id: connectorId,
      scope: 'status:read',
      jti: expect.any(String),
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  test('id and secret in the form do as well', async () => {
    const answer = await postForm(server.url, {
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.clientSecret,
    });
    expect(answer.status).toBe(200);
  });

  test('no scope asked: all that the client has', async () => {
    const answer = await withBasic({ grant_type: 'client_credentials' });
    expect(answer.body.scope).toBe('status:read sync:run');
    expect(decodeJwt(answer.body.access_token ?? '')['scope']).toBe('status:read sync:run');
  });

  test.each(['credentials:read', 'status:read credentials:read', 'openid', 'status:read nonsense', 'offline_access'])(
    'a scope that the client lacks is refused: %s',
    async (scope) => {
      const answer = await withBasic({ grant_type: 'client_credentials', scope });
      expect(answer.status).toBe(400);
      expect(answer.body.error).toBe('invalid_scope');
    },
  );

  test('the audience may be named, another one not', async () => {
    expect((await withBasic({ grant_type: 'client_credentials', resource: AUDIENCE })).status).toBe(200);
    const other = await withBasic({ grant_type: 'client_credentials', resource: 'https://elsewhere.example' });
    expect([other.status, other.body.error]).toEqual([400, 'invalid_target']);
  });

  test('a wrong secret, also the stored hash itself, is 401 invalid_client', async () => {
    const { rows } = await server.database.query<{ secret_hash: Buffer }>(
      'select secret_hash from api_clients where client_id = $1',
      [client.clientId],
    );
    const [row] = rows;
    for (const secret of [
      'wrong',
      `${client.clientSecret}x`,
      row?.secret_hash.toString('hex') ?? '',
      row?.secret_hash.toString('base64url') ?? '',
    ]) {
      const answer = await withBasic({ grant_type: 'client_credentials' }, secret);
      expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('the secret is stored only as a hash and never logged', async () => {
    const { rows } = await server.database.query<{ row: string }>(
      'select row_to_json(c)::text as row from api_clients c',
    );
    expect(JSON.stringify(rows)).not.toContain(client.clientSecret);
    await withBasic({ grant_type: 'client_credentials', scope: 'openid' });
    await withBasic({ grant_type: 'client_credentials' }, 'a-wrong-secret');
    expect(server.log()).toContain('token request refused');
    expect(server.log()).not.toContain(client.clientSecret);
    expect(server.log()).not.toContain('a-wrong-secret');
  });

  test('a revoked client gets no token', async () => {
    const clients = server.app.get(ApiClients);
    const other = await clients.create(connectorId, ['status:read']);
    await clients.revoke(other.clientId);
    const answer = await postForm(
      server.url,
      { grant_type: 'client_credentials' },
      { authorization: basic(other.clientId, other.clientSecret) },
    );
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
  });

  test.each<[string, () => Promise<{ status: number; body: { error?: string } }>, number, string]>([
    [
      'an unknown client',
      () =>
        postForm(
          server.url,
          { grant_type: 'client_credentials' },
          { authorization: basic('zcc_00000000000000000000000000000000', 'x') },
        ),
      401,
      'invalid_client',
    ],
    ['no client at all', () => postForm(server.url, { grant_type: 'client_credentials' }), 400, 'invalid_request'],
    [
      'a NUL in the client id',
      () => postForm(server.url, 'grant_type=client_credentials&client_id=%00&client_secret=x'),
      401,
      'invalid_client',
    ],
    [
      'a NUL in the scope',
      () => withBasic({ grant_type: 'client_credentials', scope: '\u0000' }),
      400,
      'invalid_scope',
    ],
    [
      'a parameter twice',
      () =>
        postForm(server.url, 'grant_type=client_credentials&scope=status:read&scope=sync:run', {
          authorization: basic(client.clientId, client.clientSecret),
        }),
      400,
      'invalid_request',
    ],
    ['no grant type', () => withBasic({}), 400, 'invalid_request'],
    [
      'a flow that is switched off',
      () => withBasic({ grant_type: 'password', username: 'x', password: 'x' }),
      400,
      'unsupported_grant_type',
    ],
    [
      'a flow that is not for machine clients',
      () => withBasic({ grant_type: 'authorization_code', code: 'x' }),
      400,
      'invalid_request',
    ],
    ['refresh', () => withBasic({ grant_type: 'refresh_token', refresh_token: 'x' }), 400, 'invalid_request'],
    [
      'a Bearer header',
      () => postForm(server.url, { grant_type: 'client_credentials' }, { authorization: 'Bearer x' }),
      400,
      'invalid_request',
    ],
    [
      'JSON',
      () => postForm(server.url, '{"grant_type":"client_credentials"}', { 'content-type': 'application/json' }),
      400,
      'invalid_request',
    ],
    ['text', () => postForm(server.url, 'x', { 'content-type': 'text/plain' }), 400, 'invalid_request'],
    [
      'a strange charset',
      () =>
        postForm(server.url, 'grant_type=client_credentials', {
          'content-type': 'application/x-www-form-urlencoded; charset=klingon',
        }),
      400,
      'invalid_request',
    ],
    ['100 KiB', () => postForm(server.url, `grant_type=${'x'.repeat(100_000)}`), 400, 'invalid_request'],
    ['2 MiB', () => postForm(server.url, `grant_type=${'x'.repeat(2_000_000)}`), 400, 'invalid_request'],
    [
      'a browser that wants HTML',
      () => postForm(server.url, { grant_type: 'client_credentials' }, { accept: 'text/html' }),
      400,
      'invalid_request',
    ],
  ])('%s is an OAuth error', async (_, ask, status, error) => {
    const answer = await ask();
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  });

  test('a path prefix of PUBLIC_URL may be passed on', async () => {
    const answer = await postForm(
      `${server.url}/zoom`,
      { grant_type: 'client_credentials' },
      { authorization: basic(client.clientId, client.clientSecret) },
    );
    expect(decodeJwt(answer.body.access_token ?? '')).toMatchObject({ iss: PUBLIC_URL, aud: AUDIENCE });
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/xml'])(
    'it stays true elsewhere that only JSON is read, not %s',
    async (contentType) => {
      const { body } = await withBasic({ grant_type: 'client_credentials' });
      const response = await fetch(`${server.url}/v1/connectors/${connectorId}/probe`, {
        method: 'POST',
        body: 'x=1',
        headers: { 'content-type': contentType, authorization: `Bearer ${body.access_token}` },
      });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ code: 'unsupported_media_type' });
    },
  );

  test('a page of another origin may not use a client', async () => {
    const answer = await postForm(
      server.url,
      { grant_type: 'client_credentials' },
      { authorization: basic(client.clientId, client.clientSecret), origin: 'https://evil.example' },
    );
    expect([answer.status, answer.body.access_token]).toEqual([400, undefined]);
  });
});

describe('discovery', () => {
  test('the metadata names the public addresses', async () => {
    const response = await fetch(`${server.url}/.well-known/oauth-authorization-server`);
    expect(await response.json()).toMatchObject({
      issuer: PUBLIC_URL,
      token_endpoint: `${PUBLIC_URL}/oauth2/token`,
      jwks_uri: `${PUBLIC_URL}/oauth2/jwks`,
      authorization_endpoint: `${PUBLIC_URL}/oauth2/authorize`,
      revocation_endpoint: `${PUBLIC_URL}/oauth2/revoke`,
      introspection_endpoint: `${PUBLIC_URL}/oauth2/introspect`,
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      code_challenge_methods_supported: ['S256'],
    });
  });

  test('a client that goes by RFC 8414 finds it where PUBLIC_URL has a path', async () => {
    const found = await fetch(`${server.url}/.well-known/oauth-authorization-server/zoom`);
    expect(await found.json()).toMatchObject({ issuer: PUBLIC_URL });
    for (const path of ['', '/other', '/zoom/more'])
      expect((await fetch(`${server.url}/.well-known/oauth-authorization-server${path}`)).status).toBe(
        path === '' ? 200 : 404,
      );
  });

  test('the key set holds no private part', async () => {
    const response = await fetch(`${server.url}/oauth2/jwks`);
    expect(response.headers.get('content-type')).toMatch(/^application\/jwk-set\+json/);
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  test.each([
    '/auth',
    '/oauth2/auth',
    '/me',
    '/session/end',
    '/token',
    '/jwks',
    '/request',
    '/.well-known/openid-configuration',
  ])('nothing else of the library is reachable: %s', async (path) => {
    expect((await fetch(`${server.url}${path}`)).status).toBe(404);
  });

  test('the token names its key', async () => {
    const answer = await withBasic({ grant_type: 'client_credentials' });
    const { keys } = (await (await fetch(`${server.url}/oauth2/jwks`)).json()) as { keys: { kid: string }[] };
    expect(decodeProtectedHeader(answer.body.access_token ?? '').kid).toBe(keys[0]?.kid);
  });
});

test('while the database is away every request is answered, also the one that looks whether the keys have changed', async () => {
  const name = new URL(database.url).pathname.slice(1);
  const admin = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  await admin.connect();
  const ask = async (): Promise<[number, unknown]> => {
    const response = await fetch(`${server.url}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: basic(client.clientId, client.clientSecret) },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      signal: AbortSignal.timeout(5000),
    });
    const { code, error } = (await response.json()) as { code?: string; error?: string };
    return [response.status, code ?? error];
  };
  try {
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    server.clock.advance(61);
    expect([await ask(), await ask()]).toEqual([
      [503, 'unavailable'],
      [500, 'server_error'],
    ]);
  } finally {
    await admin.query(`alter database ${name} allow_connections true`);
    await admin.end();
  }
  expect((await ask())[0]).toBe(200);
});

test('nothing was printed past our log', () => {
  expect(printed).toEqual([]);
});
