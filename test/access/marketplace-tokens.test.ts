import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oauth from 'openid-client';
import { Browser, type Page } from '../../sandbox/walk/browser';
import { ApiClients } from '../../src/access/api-clients.service';
import { ArtifactRepository } from '../../src/access/artifact.repository';
import { Authorizations } from '../../src/access/authorizations.service';
import { cleanAuthorizationServer } from '../../src/access/clean-authorization-server';
import { ClientStatusRepository } from '../../src/access/client-status.repository';
import { Sessions } from '../../src/access/sessions/sessions.service';
import { SigningKeys } from '../../src/access/signing-keys';
import { Disconnecting } from '../../src/connector/disconnect.service';
import type { Queryable } from '../../src/platform/database/database';
import { Keyring } from '../../src/platform/crypto/keyring';
import { rewrapKeys } from '../../src/platform/crypto/rewrap-keys';
import { createLogger } from '../../src/platform/logging/logger';
import { startServer } from '../../src/start-server';
import { OpenApiCheck } from '../support/open-api-check';
import { freePort } from '../support/free-port';
import { endedRun, startProgram, until, type Program } from '../support/program';
import { actionOf, discover, oauthErrorOf, ZoomCloud, type Tokens } from './zoom-cloud';

let program: Program;
let zoom: ZoomCloud;
let connectorId: string;

beforeAll(async () => {
  program = await startProgram({ users: 30 });
  zoom = await ZoomCloud.start(program);
  await program.connect();
  [connectorId = ''] = await program.connectorIds();
});
afterAll(async () => {
  await zoom.stop();
  await program.stop();
});

/** More than a process may go on believing what it has asked of the database. */
const SOON = 10_000;

const call = async (token: string): Promise<number> =>
  (await program.get(`/v1/connectors/${connectorId}`, token)).status;
const callSoon = async (token: string): Promise<number> => {
  program.clock.advance(SOON);
  const status = await call(token);
  program.clock.advance(-SOON);
  return status;
};
const endOf = async ({ access_token }: Tokens): Promise<string | null | undefined> =>
  (
    await program.database.query<{ reason: string | null }>(
      'select end_reason as reason from authorizations where authorization_id = $1',
      [decodeJwt(access_token)['authorization_id']],
    )
  ).rows[0]?.reason;
const refresh = (tokens: Tokens): Promise<Tokens> => zoom.refresh(tokens.refresh_token ?? '');
const invalidGrant = { status: 400, error: 'invalid_grant' };

async function machineClient(): Promise<oauth.Configuration> {
  const made = await program.app.get(ApiClients).create(connectorId, ['status:read']);
  return discover(program.url, made.clientId, made.clientSecret);
}

describe('refresh', () => {
  test('gives the next pair, whose access token opens the same connector', async () => {
    const first = await zoom.tokens();
    const second = await refresh(first);
    const third = await refresh(second);
    expect(new Set([first, second, third].map((tokens) => tokens.refresh_token)).size).toBe(3);
    expect(await call(third.access_token)).toBe(200);
    // Access tokens live out their hour.
    expect(await call(first.access_token)).toBe(200);
    expect(await endOf(third)).toBeNull();
  });

  test('may ask for less for once, never for more', async () => {
    const tokens = await zoom.tokens();
    const less = await zoom.refresh(tokens.refresh_token ?? '', { scope: 'status:read' });
    expect(less.scope).toBe('status:read');
    expect(decodeJwt(less.access_token)['scope']).toBe('status:read');
    const all = await refresh(less);
    expect(all.scope).toBe(zoom.client.scope);
    const asked = await zoom.ask({ scope: 'status:read' });
    const narrow = await zoom.redeem(await zoom.connect(new Browser(), asked), asked);
    expect(await oauthErrorOf(zoom.refresh(narrow.refresh_token ?? '', { scope: 'status:read audit:read' }))).toEqual({
      status: 400,
      error: 'invalid_scope',
    });
  });

  test('a request for another resource is refused, and spends nothing', async () => {
    const tokens = await zoom.tokens();
    const token = tokens.refresh_token ?? '';
    const wrong = zoom.refresh(token, { resource: 'https://elsewhere.example' });
    expect(await oauthErrorOf(wrong)).toEqual({ status: 400, error: 'invalid_target' });
    expect((await zoom.refresh(token, { resource: `${program.url}/v1` })).access_token).toBeDefined();
  });

  test('a spent one ends the whole family, and no other', async () => {
    const first = await zoom.tokens();
    const other = await zoom.tokens();
    const second = await refresh(first);
    expect(await call(second.access_token)).toBe(200);
    expect(await oauthErrorOf(refresh(first))).toEqual(invalidGrant);
    expect(await oauthErrorOf(refresh(second))).toEqual(invalidGrant);
    expect(await callSoon(second.access_token)).toBe(401);
    expect(await endOf(first)).toBe('refresh_token_reused');
    expect(await endOf(other)).toBeNull();
    expect(await callSoon(other.access_token)).toBe(200);
    expect((await refresh(other)).access_token).toBeDefined();
  });

  test('of many at once with the same one at most one gets a pair, and that is dead', async () => {
    const tokens = await zoom.tokens();
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => refresh(tokens)));
    const pairs = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    expect(pairs.length).toBeLessThanOrEqual(1);
    for (const pair of pairs) {
      expect(await oauthErrorOf(refresh(pair))).toEqual(invalidGrant);
      expect(await callSoon(pair.access_token)).toBe(401);
    }
    expect(await endOf(tokens)).toBe('refresh_token_reused');
  });

  test('a token that is being stored while its family ends does not outlive it', async () => {
    const { access_token: token } = await zoom.tokens();
    const authorizationId = String(decodeJwt(token)['authorization_id']);
    const artifacts = new ArtifactRepository(new Keyring(program.config.encryptionKeys));
    const save = (via: Queryable): Promise<boolean> =>
      artifacts.save(via, {
        model: 'RefreshToken',
        id: randomUUID(),
        payload: {},
        authorizationId,
        now: program.clock.now(),
        expiresInSeconds: 60,
      });
    let ending: Promise<boolean> | undefined;
    await program.database.transaction(async (transaction) => {
      expect(await save(transaction)).toBe(true);
      ending = program.app.get(Authorizations).end(authorizationId, 'revoked');
      // It waits for us, and finds what we have stored.
      expect(await Promise.race([ending, new Promise((resolve) => setTimeout(resolve, 300, 'waits'))])).toBe('waits');
    });
    expect(await ending).toBe(true);
    expect(await save(program.database)).toBe(false);
    const { rowCount } = await program.database.query('select from oauth_artifacts where authorization_id = $1', [
      authorizationId,
    ]);
    expect(rowCount).toBe(0);
  });

  test('a family is not taken for idle while its token is spent and the next one not stored yet', async () => {
    const tokens = await zoom.tokens();
    const authorizationId = String(decodeJwt(tokens.access_token)['authorization_id']);
    const artifacts = new ArtifactRepository(new Keyring(program.config.encryptionKeys));
    program.clock.advance(2 * 3_600_000);
    const now = program.clock.now();
    // What oidc-provider does on a refresh, with the cleaning of every minute in the middle.
    await artifacts.consume(program.database, 'RefreshToken', tokens.refresh_token ?? '', now, 60);
    await program.app.get(Authorizations).endIdle();
    const next = {
      model: 'RefreshToken',
      id: randomUUID(),
      payload: { exp: 1 },
      authorizationId,
      now,
      expiresInSeconds: 60,
    };
    const isSaved = await artifacts.save(program.database, next);
    program.clock.advance(-2 * 3_600_000);
    expect([isSaved, await endOf(tokens)]).toEqual([true, null]);
  });

  test('another client cannot use it, and does it no harm', async () => {
    const tokens = await zoom.tokens();
    const other = await ZoomCloud.start(program);
    expect(await oauthErrorOf(other.refresh(tokens.refresh_token ?? ''))).toEqual(invalidGrant);
    await other.stop();
    expect((await refresh(tokens)).access_token).toBeDefined();
  });

  test('is over after 90 days without use', async () => {
    const tokens = await zoom.tokens();
    program.clock.advance(91 * 86_400_000);
    const error = await oauthErrorOf(refresh(tokens));
    program.clock.advance(-91 * 86_400_000);
    expect(error).toEqual(invalidGrant);
  });
});

describe('revocation', () => {
  test.each(['refresh_token', 'access_token'] as const)('of the %s ends all that the admin allowed', async (kind) => {
    const tokens = await zoom.tokens();
    const other = await zoom.tokens();
    expect(await call(tokens.access_token)).toBe(200);
    await oauth.tokenRevocation(zoom.config, tokens[kind] ?? '');
    expect(await oauthErrorOf(refresh(tokens))).toEqual(invalidGrant);
    expect(await callSoon(tokens.access_token)).toBe(401);
    expect(await endOf(tokens)).toBe('revoked');
    expect(await endOf(other)).toBeNull();
    // RFC 7009 section 2.2: what is not good any more is no error.
    await oauth.tokenRevocation(zoom.config, tokens[kind] ?? '');
    await oauth.tokenRevocation(zoom.config, 'nonsense', { token_type_hint: 'refresh_token' });
  });

  test('of a machine client’s token ends that one alone', async () => {
    const machine = await machineClient();
    const [first, second] = [await oauth.clientCredentialsGrant(machine), await oauth.clientCredentialsGrant(machine)];
    expect([await call(first.access_token), await call(second.access_token)]).toEqual([200, 200]);
    await oauth.tokenRevocation(machine, first.access_token);
    expect([await callSoon(first.access_token), await callSoon(second.access_token)]).toEqual([401, 200]);
    expect(await oauth.tokenIntrospection(machine, first.access_token)).toEqual({ active: false });
  });

  test('by somebody else’s client does nothing', async () => {
    const tokens = await zoom.tokens();
    const machine = await machineClient();
    for (const token of [tokens.access_token, tokens.refresh_token ?? ''])
      await oauth.tokenRevocation(machine, token).catch(() => undefined);
    expect(await callSoon(tokens.access_token)).toBe(200);
    expect((await refresh(tokens)).access_token).toBeDefined();
  });

  test('needs the client’s secret', async () => {
    const tokens = await zoom.tokens();
    const impostor = await discover(program.url, zoom.client.clientId, 'guessed');
    expect(await oauthErrorOf(oauth.tokenRevocation(impostor, tokens.refresh_token ?? ''))).toMatchObject({
      status: 401,
    });
    expect((await refresh(tokens)).access_token).toBeDefined();
  });
});

describe('introspection', () => {
  test('tells of an access token what it is good for', async () => {
    const tokens = await zoom.tokens();
    expect(await oauth.tokenIntrospection(zoom.config, tokens.access_token)).toEqual({
      active: true,
      connector_id: connectorId,
      client_id: zoom.client.clientId,
      scope: zoom.client.scope,
      sub: 'c1000000-0000-4000-8000-000000000001',
      aud: `${program.url}/v1`,
      iss: program.url,
      exp: decodeJwt(tokens.access_token).exp,
      iat: decodeJwt(tokens.access_token).iat,
      token_type: 'Bearer',
    });
    expect(await oauth.tokenIntrospection(zoom.config, tokens.refresh_token ?? '')).toMatchObject({
      active: true,
      client_id: zoom.client.clientId,
    });
  });

  test('knows at once that something is over', async () => {
    const first = await zoom.tokens();
    const second = await refresh(first);
    expect(await oauth.tokenIntrospection(zoom.config, first.refresh_token ?? '')).toEqual({ active: false });
    await oauth.tokenRevocation(zoom.config, second.refresh_token ?? '');
    for (const token of [first.access_token, second.access_token, second.refresh_token ?? ''])
      expect(await oauth.tokenIntrospection(zoom.config, token)).toEqual({ active: false });
  });

  test('tells nobody of another client’s token', async () => {
    const tokens = await zoom.tokens();
    const machine = await machineClient();
    const own = await oauth.clientCredentialsGrant(machine);
    expect(await oauth.tokenIntrospection(machine, own.access_token)).toMatchObject({
      active: true,
      connector_id: connectorId,
      scope: 'status:read',
    });
    expect(await oauth.tokenIntrospection(machine, tokens.access_token)).toEqual({ active: false });
    expect(await oauth.tokenIntrospection(machine, tokens.refresh_token ?? '')).toEqual({ active: false });
    expect(await oauth.tokenIntrospection(zoom.config, own.access_token)).toEqual({ active: false });
  });

  test.each(['nonsense', 'a.b.c', 'a~b~c', '~', 'x'.repeat(5000)])('of "%.12s" it is not active', async (token) => {
    expect(await oauth.tokenIntrospection(zoom.config, token)).toEqual({ active: false });
  });

  test('a changed token is not active', async () => {
    const { access_token: token } = await zoom.tokens();
    const [head = '', , signature = ''] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ ...decodeJwt(token), connector_id: randomUUID() })).toString(
      'base64url',
    );
    expect(await oauth.tokenIntrospection(zoom.config, `${head}.${claims}.${signature}`)).toEqual({ active: false });
  });

  test('a form that is too large is refused', async () => {
    const response = await fetch(`${program.url}/oauth2/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token: 'x'.repeat(60_000) }),
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([413, 'payload_too_large']);
  });
});

test('a form that breaks off is no failure of ours', async () => {
  const before = program.log().length;
  const { hostname, port } = new URL(program.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    'POST /oauth2/introspect HTTP/1.1\r\nhost: here\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\ntoken=',
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.destroy();
  const logged = await until('the end of the request', async () => {
    const lines = program.log().slice(before);
    return /request (refused|failed)"/.test(lines) ? lines : undefined;
  });
  expect(logged).not.toContain('"level":"error"');
  expect(logged).toContain('"code":"invalid_request"');
});

describe('the signing key', () => {
  test('is changed while tokens are in use: old ones live out, new ones carry the new key', async () => {
    const before = await zoom.tokens();
    const kidOf = ({ access_token }: Tokens): string | undefined => decodeProtectedHeader(access_token).kid;
    const { kid } = await new SigningKeys(
      program.database,
      new Keyring(program.config.encryptionKeys),
      program.clock,
    ).rotate(false);
    const kids = async (): Promise<string[]> => {
      const { keys } = (await (await fetch(`${program.url}/oauth2/jwks`)).json()) as { keys: { kid: string }[] };
      return keys.map((key) => key.kid);
    };
    program.clock.advance(61_000);
    expect(await kids()).toEqual([kidOf(before), kid]);
    const meanwhile = await refresh(before);
    expect(kidOf(meanwhile)).toBe(kidOf(before));
    program.clock.advance(600_000);
    const after = await refresh(meanwhile);
    expect(kidOf(after)).toBe(kid);
    for (const tokens of [before, meanwhile, after]) expect(await call(tokens.access_token)).toBe(200);
    expect(await oauth.tokenIntrospection(zoom.config, before.access_token)).toMatchObject({ active: true });
    program.clock.advance(3_720_000);
    expect(await kids()).toEqual([kid]);
    program.clock.advance(-4_381_000);
  });

  test('in wrong hands is changed at once: its tokens are refused within a minute, also those that were seen before', async () => {
    const before = await zoom.tokens();
    expect(await call(before.access_token)).toBe(200);
    await new SigningKeys(program.database, new Keyring(program.config.encryptionKeys), program.clock).rotate(true);
    program.clock.advance(61_000);
    await call(before.access_token);
    expect(await call(before.access_token)).toBe(401);
    expect(await call((await refresh(before)).access_token)).toBe(200);
    program.clock.advance(-61_000);
  });
});

describe('what hangs on an authorization', () => {
  test('an app token that Zoom’s cloud has made ends with it', async () => {
    await endedRun(program, connectorId);
    const tokens = await zoom.tokens();
    const { body } = await program.get(
      `/v1/connectors/${connectorId}/users?status=inactive&limit=1`,
      tokens.access_token,
    );
    const [user] = body['items'] as { userId: string }[];
    const made = await fetch(`${program.url}/v1/connectors/${connectorId}/users/${user?.userId}/app-tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ platform: 'desktop' }),
    });
    const app = (await made.json()) as { access_token: string };
    const status = async (): Promise<number> =>
      (await program.get(`/v1/connectors/${connectorId}/users/${user?.userId}/status`, app.access_token)).status;
    expect([made.status, await status()]).toEqual([200, 200]);
    expect(await oauth.tokenIntrospection(zoom.config, app.access_token)).toMatchObject({
      active: true,
      user_id: decodeJwt(app.access_token)['user_id'],
      platform: 'desktop',
    });
    await oauth.tokenRevocation(zoom.config, tokens.refresh_token ?? '');
    program.clock.advance(SOON);
    expect(await status()).toBe(401);
    program.clock.advance(-SOON);
    expect(await oauth.tokenIntrospection(zoom.config, app.access_token)).toEqual({ active: false });
  });
});

test('the answers are as the OpenAPI description says', async () => {
  const api = await OpenApiCheck.of(program.url);
  const { clientId, clientSecret } = zoom.client;
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const ask = async (method: string, path: string, form?: Record<string, string>): Promise<string> => {
    const response = await fetch(`${program.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    const text = await response.text();
    api.check(method, path, response.status, response.headers.get('content-type'), text);
    return text;
  };
  const asked = await zoom.ask();
  const back = await zoom.connect(new Browser(), asked);
  const redeem = {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: zoom.redirectUri,
    code_verifier: asked.verifier,
  };
  const tokens = JSON.parse(await ask('POST', '/oauth2/token', redeem)) as Record<string, string>;
  const token = tokens['access_token'] ?? '';
  await ask('POST', '/oauth2/introspect', { token });
  await ask('POST', '/oauth2/introspect', { token: tokens['refresh_token'] ?? '' });
  await ask('POST', '/oauth2/introspect', { token: 'nonsense' });
  await ask('POST', '/oauth2/introspect', {});
  await ask('POST', '/oauth2/revoke', {});
  await ask('POST', '/oauth2/revoke', { token });
  await ask('POST', '/oauth2/token', redeem);
  await ask('GET', '/.well-known/oauth-authorization-server');
  await ask('GET', '/oauth2/jwks');
  await ask('GET', '/oauth2/authorize');
  await ask('GET', '/oauth2/authorize/abc');
  await ask('GET', '/oauth/interaction/abc');
  await ask('GET', '/oauth/interaction/abc/sign-in');
  await ask('POST', '/oauth/interaction/abc', { decision: 'agree' });
  expect(api.seen.size).toBe(13);
});

describe('several processes', () => {
  let second: NestFastifyApplication;
  let secondUrl: string;

  /** Another process of the same deployment. */
  async function start(encryptionKeys = program.config.encryptionKeys): Promise<[NestFastifyApplication, string]> {
    const port = await freePort();
    const server = await startServer({
      config: { ...program.config, port, role: 'api', encryptionKeys },
      databaseUrl: program.databaseUrl,
      logger: createLogger({ level: 'silent', pretty: false }),
      clock: program.clock,
    });
    return [server, `http://127.0.0.1:${port}`];
  }

  beforeAll(async () => {
    [second, secondUrl] = await start();
  });
  afterAll(() => second.close());

  const exchange = async (url: string, form: Record<string, string>): Promise<{ status: number; token?: string }> => {
    const { clientId, clientSecret } = zoom.client;
    const response = await fetch(`${url}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams(form),
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    return { status: response.status, ...(token === undefined ? {} : { token }) };
  };

  /** Agrees at the process of this address. @returns where Zoom is called back */
  async function agreeAt(url: string, browser: Browser, consent: Page): Promise<URL> {
    const there = (address: string): string => address.replace(program.url, url);
    const agreed = await fetch(there(actionOf(consent)), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: browser.cookieHeader(new URL(consent.url)) },
      body: new URLSearchParams({ decision: 'agree' }),
    });
    const resume = agreed.headers.get('location') ?? '';
    const back = await fetch(there(resume), {
      redirect: 'manual',
      headers: { cookie: browser.cookieHeader(new URL(resume)) },
    });
    return new URL(back.headers.get('location') ?? '');
  }

  test('a way that begins at one ends at the other', async () => {
    const asked = await zoom.ask();
    const browser = new Browser();
    const location = await agreeAt(secondUrl, browser, await zoom.signIn(browser, asked));
    expect(location.searchParams.get('iss')).toBe(program.url);
    const tokens = await zoom.redeem(location, asked);
    expect(await call(tokens.access_token)).toBe(200);
  });

  test('a way that began before ENCRYPTION_KEYS got a new first key goes on', async () => {
    const old = program.config.encryptionKeys;
    const young = { id: 'young', key: Buffer.alloc(32, 7) };
    const browser = new Browser();
    const consent = await zoom.signIn(browser, await zoom.ask());
    const [third, url] = await start([young, ...old]);
    try {
      expect((await agreeAt(url, browser, consent)).searchParams.get('code')).toMatch(/^[\w-]{43,}$/);
    } finally {
      await third.close();
      await rewrapKeys(program.database, new Keyring([...old, young]));
    }
  });

  test('a code that comes to both at once is good once at most, and ends in nothing', async () => {
    for (let round = 0; round < 5; round += 1) {
      const asked = await zoom.ask();
      const back = await zoom.connect(new Browser(), asked);
      const form = {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: zoom.redirectUri,
        code_verifier: asked.verifier,
      };
      const answers = await Promise.all([program.url, secondUrl].map((url) => exchange(url, form)));
      const good = answers.filter(({ status }) => status === 200);
      expect(good.length).toBeLessThanOrEqual(1);
      for (const { token } of good) expect(await callSoon(token ?? '')).toBe(401);
      const { rows } = await program.database.query(
        'select end_reason from authorizations order by created_at desc limit 1',
      );
      expect(rows).toEqual([{ end_reason: 'code_replayed' }]);
    }
  });
});

const clean = (): Promise<void> =>
  cleanAuthorizationServer({
    database: program.database,
    artifacts: new ArtifactRepository(new Keyring(program.config.encryptionKeys)),
    authorizations: program.app.get(Authorizations),
    status: program.app.get(ClientStatusRepository),
    keys: program.app.get(SigningKeys),
    sessions: program.app.get(Sessions),
    clock: program.clock,
  })();

describe('at rest', () => {
  async function dump(): Promise<string> {
    const { rows: tables } = await program.database.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await program.database.query<Record<string, unknown>>(`select * from ${name}`);
      // Bytes as they are, too: a secret that is only encoded is no secret.
      for (const value of rows.flatMap((row) => Object.values(row)))
        parts.push(
          Buffer.isBuffer(value) ? `${value.toString('latin1')} ${value.toString('hex')}` : JSON.stringify(value),
        );
    }
    return parts.join('\n');
  }

  test('a dump of the database, and the log, show no code, token, cookie or secret that opens anything', async () => {
    const browser = new Browser();
    const asked = await zoom.ask();
    const back = await zoom.connect(browser, asked);
    const early = new Browser();
    await zoom.signIn(early, await zoom.ask());
    const tokens = await zoom.redeem(back, asked);
    const next = await refresh(tokens);
    const unspent = await zoom.ask();
    const unspentCode = (await zoom.connect(new Browser(), unspent)).searchParams.get('code') ?? '';

    const secrets = [
      back.searchParams.get('code') ?? '',
      unspentCode,
      ...[tokens, next].flatMap((pair) => [pair.access_token, pair.refresh_token ?? '']),
      ...[...browser.cookies, ...early.cookies].map(({ value }) => value),
      zoom.client.clientSecret,
      asked.verifier,
    ];
    expect(secrets.filter((secret) => secret.length >= 20).length).toBe(secrets.length);
    const found = (text: string): string[] =>
      secrets.filter((secret) =>
        [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')].some((form) =>
          text.includes(form),
        ),
      );
    const database = await dump();
    // The search can find: these stand there.
    expect(database).toContain(zoom.client.clientId);
    expect(database).toContain(String(decodeJwt(next.access_token)['authorization_id']));
    expect(found(database)).toEqual([]);
    expect(found(program.log())).toEqual([]);
    // They are really there, and really good.
    expect(
      (
        await zoom.redeem(
          new URL(
            `${zoom.redirectUri}?${new URLSearchParams({ code: unspentCode, state: unspent.state, iss: program.url }).toString()}`,
          ),
          unspent,
        )
      ).access_token,
    ).toBeDefined();
  });

  test('what is stored survives a change of ENCRYPTION_KEYS', async () => {
    const young = { id: 'young', key: Buffer.alloc(32, 7) };
    const all = new Keyring([young, ...program.config.encryptionKeys]);
    const artifacts = 'select id_hash, payload from oauth_artifacts';
    const before = (await program.database.query<{ id_hash: Buffer; payload: Buffer }>(artifacts)).rows;
    expect(before.length).toBeGreaterThan(0);
    const contextOf = (hash: Buffer): string => `oauth_artifacts.payload/${hash.toString('hex')}`;
    expect(await rewrapKeys(program.database, all)).toBeGreaterThanOrEqual(before.length);
    const only = new Keyring([young]);
    for (const row of (await program.database.query<{ id_hash: Buffer; payload: Buffer }>(artifacts)).rows)
      expect(only.open(row.payload, contextOf(row.id_hash)).toString()).toContain('"exp"');
    await rewrapKeys(program.database, new Keyring([...program.config.encryptionKeys, young]));
  });

  test('what has expired is cleaned away, and an authorization that nobody used ends', async () => {
    const tokens = await zoom.tokens();
    const left = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        (
          await program.database.query<{ model: string; n: number }>(
            'select model, count(*)::int as n from oauth_artifacts group by 1',
          )
        ).rows.map(({ model, n }) => [model, n]),
      );
    expect(await left()).toMatchObject({ Interaction: expect.any(Number), Session: expect.any(Number) });
    program.clock.advance(3_600_000);
    await clean();
    expect(await endOf(tokens)).toBeNull();
    const { RefreshToken, Grant, ...others } = await left();
    expect([others['Session'], others['Interaction']]).toEqual([undefined, undefined]);
    expect([RefreshToken, Grant]).toEqual([expect.any(Number), expect.any(Number)]);
    program.clock.advance(91 * 86_400_000);
    await clean();
    expect(await endOf(tokens)).toBe('expired');
    expect(await left()).toEqual({});
    program.clock.advance(-91 * 86_400_000 - 3_600_000);
  });

  test('what strangers have begun and left is gone at the next cleaning, however much it is', async () => {
    await program.database.query(
      `insert into oauth_artifacts (id_hash, model, payload, created_at, expires_at)
       select int4send(n), 'Interaction', '', now() - interval '1 hour', now() - interval '1 minute'
       from generate_series(1, 12000) n`,
    );
    await clean();
    const { rows } = await program.database.query(
      'select count(*)::int as n from oauth_artifacts where expires_at <= now()',
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe('disconnecting', () => {
  test('ends all that admins have allowed, at once', async () => {
    const [first, second] = [await zoom.tokens(), await zoom.tokens()];
    expect(await call(first.access_token)).toBe(200);
    await program.app
      .get(Disconnecting)
      .disconnect(connectorId, 'disconnected_by_admin', { actorKind: 'admin', actorId: 'test' });
    for (const tokens of [first, second]) {
      expect(await oauthErrorOf(refresh(tokens))).toEqual(invalidGrant);
      expect(await callSoon(tokens.access_token)).toBe(401);
      expect(await endOf(tokens)).toBe('disconnected');
      expect(await oauth.tokenIntrospection(zoom.config, tokens.access_token)).toEqual({ active: false });
    }
    const { rows } = await program.database.query(
      `select distinct details->>'reason' as reason from audit_events where connector_id = $1 and action = 'authorization.ended' and actor_id = 'test'`,
      [connectorId],
    );
    expect(rows).toEqual([{ reason: 'disconnected' }]);
  });
});
