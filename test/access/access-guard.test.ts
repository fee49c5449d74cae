import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { decodeJwt, importJWK, SignJWT, type JWTPayload } from 'jose';
import { ApiClients, type NewApiClient } from '../../src/access/api-clients.service';
import { SigningKeys, type PrivateJwk } from '../../src/access/signing-keys';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { addConnector, AUDIENCE, basic, postForm, PUBLIC_URL, startAccessApp, type AccessApp } from './access-app';

const connectorId = randomUUID();
const otherConnectorId = randomUUID();
let database: TestDatabase;
let server: AccessApp;
let client: NewApiClient;
let key: PrivateJwk;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startAccessApp(database.url);
  await addConnector(server.database, connectorId);
  await addConnector(server.database, otherConnectorId);
  client = await server.app.get(ApiClients).create(connectorId, ['status:read']);
  const [first] = await server.app.get(SigningKeys).privateJwks();
  if (first === undefined) throw new Error('no key');
  key = first;
});

afterAll(async () => {
  await server.close();
  await database.drop();
});

interface Problem {
  status: number;
  code: string;
  detail: string;
  challenge: string | null;
}

async function get(path: string, token?: string): Promise<Problem> {
  const response = await fetch(
    `${server.url}${path}`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
  const body = (await response.json()) as { code?: string; detail?: string };
  return {
    status: response.status,
    code: body.code ?? '',
    detail: body.detail ?? '',
    challenge: response.headers.get('www-authenticate'),
  };
}

const probe = (token?: string, id: string = connectorId): Promise<Problem> => get(`/v1/connectors/${id}/probe`, token);

async function tokenOf(of: NewApiClient): Promise<string> {
  const { body } = await postForm(
    server.url,
    { grant_type: 'client_credentials' },
    { authorization: basic(of.clientId, of.clientSecret) },
  );
  return body.access_token ?? '';
}

const seconds = (): number => Math.floor(Date.now() / 1000);
const claims = (changes: JWTPayload = {}): JWTPayload => ({
  iss: PUBLIC_URL,
  aud: AUDIENCE,
  exp: seconds() + 600,
  iat: seconds(),
  jti: randomUUID(),
  scope: 'status:read',
  client_id: client.clientId,
  connector_id: connectorId,
  ...changes,
});

async function sign(
  payload: JWTPayload,
  header: { alg?: string; typ?: string; kid?: string } = {},
  jwk: object = key,
): Promise<string> {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header })
    .sign(await importJWK({ ...jwk }, 'ES256'));
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

test('a token of ours opens a route of its connector, and the second time needs no signature check', async () => {
  const token = await tokenOf(client);
  expect((await probe(token)).status).toBe(200);
  const publicKey = jest.spyOn(server.app.get(SigningKeys), 'publicKey');
  expect((await probe(token)).status).toBe(200);
  expect(publicKey).not.toHaveBeenCalled();
  publicKey.mockRestore();
});

test('the hand-made tokens of this file are good but for what each test breaks', async () => {
  expect((await probe(await sign(claims()))).status).toBe(200);
});

describe('401 unauthenticated', () => {
  test('no token', async () => {
    expect(await probe()).toMatchObject({ status: 401, code: 'unauthenticated', challenge: 'Bearer' });
  });

  test.each<[string, () => Promise<string> | string]>([
    ['no JWT', () => 'abc'],
    ['three empty parts', () => '..'],
    ['garbage parts', () => 'e30.e30.e30'],
    ['very long', () => 'a'.repeat(8000)],
    [
      'signed by a foreign key under our kid',
      () => sign(claims(), {}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
    ],
    [
      'signed by a foreign key under its own kid',
      () =>
        sign(
          claims(),
          { kid: 'foreign' },
          generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
        ),
    ],
    ['alg none', () => `${encode({ alg: 'none', typ: 'at+jwt', kid: key.kid })}.${encode(claims())}.`],
    [
      'HS256 with the public key as secret',
      () => {
        const input = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${encode(claims())}`;
        return `${input}.${createHmac('sha256', JSON.stringify({ x: key.x, y: key.y }))
          .update(input)
          .digest('base64url')}`;
      },
    ],
    [
      'changed after signing',
      async () => (await sign(claims())).replace(/\.[^.]+\./, `.${encode(claims({ scope: 'credentials:read' }))}.`),
    ],
    ['another issuer', () => sign(claims({ iss: 'https://elsewhere.example' }))],
    ['another audience', () => sign(claims({ aud: PUBLIC_URL }))],
    ['another kind of token', () => sign(claims(), { typ: 'JWT' })],
    ['no expiry', () => sign(claims({ exp: undefined }))],
    ['expired', () => sign(claims({ exp: seconds() - 60 }))],
    ['a number for a client', () => sign(claims({ client_id: 7 }))],
    ['a client that never was', () => sign(claims({ client_id: 'zcc_00000000000000000000000000000000' }))],
    ['a client id with NUL', () => sign(claims({ client_id: 'zcc_\u0000' }))],
    ['a connector that the client is not bound to', () => sign(claims({ connector_id: otherConnectorId }))],
  ])('%s', async (_, make) => {
    expect(await probe(await make())).toMatchObject({
      status: 401,
      code: 'unauthenticated',
      challenge: 'Bearer error="invalid_token"',
    });
  });

  test.each(['Basic abc', 'Bearer', 'Bearer a b', 'Bearer ä', 'token'])('the header "%s"', async (authorization) => {
    const response = await fetch(`${server.url}/v1/connectors/${connectorId}/probe`, {
      headers: { authorization: Buffer.from(authorization, 'utf8').toString('latin1') },
    });
    expect(response.status).toBe(401);
  });

  test('a token that was good, 5 s after its end', async () => {
    const token = await sign(claims({ exp: seconds() + 60 }));
    expect((await probe(token)).status).toBe(200);
    server.clock.advance(63);
    expect((await probe(token)).status).toBe(200);
    server.clock.advance(3);
    expect((await probe(token)).status).toBe(401);
    server.clock.advance(-66);
  });

  test('a revoked client, within 10 s, though its token is still good', async () => {
    const clients = server.app.get(ApiClients);
    const revoked = await clients.create(connectorId, ['status:read']);
    const token = await tokenOf(revoked);
    expect((await probe(token)).status).toBe(200);
    await clients.revoke(revoked.clientId);
    server.clock.advance(10);
    expect(await probe(token)).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect((decodeJwt(token).exp ?? 0) * 1000).toBeGreaterThan(server.clock.now().getTime());
  });

  test('a revoked client, also when the clock was set back since', async () => {
    const clients = server.app.get(ApiClients);
    const revoked = await clients.create(connectorId, ['status:read']);
    const token = await tokenOf(revoked);
    expect((await probe(token)).status).toBe(200);
    await clients.revoke(revoked.clientId);
    server.clock.advance(-3600);
    expect((await probe(token)).status).toBe(401);
    server.clock.advance(3600);
  });

  test('401 comes before 404', async () => {
    expect((await probe('abc', 'no-uuid')).status).toBe(401);
  });
});

test('404 with one same text for a foreign, an unknown, a malformed connector id and one in capitals', async () => {
  const token = await tokenOf(client);
  const answers = await Promise.all(
    [otherConnectorId, randomUUID(), 'no-uuid', '%F0%9F%98%80', connectorId.toUpperCase()].map((id) =>
      probe(token, id),
    ),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 404, code: 'not_found' });
});

test('404 comes before 403', async () => {
  expect((await get(`/v1/connectors/${otherConnectorId}/secret`, await tokenOf(client))).status).toBe(404);
});

test('403 names the scope that is missing', async () => {
  const answer = await get(`/v1/connectors/${connectorId}/secret`, await tokenOf(client));
  expect(answer).toMatchObject({ status: 403, code: 'insufficient_scope' });
  expect(answer.detail).toContain('credentials:read');
});
