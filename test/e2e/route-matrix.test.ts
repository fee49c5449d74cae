import { randomUUID } from 'node:crypto';
import { ApiClients } from '../../src/access/api-clients.service';
import { SCOPES, type Scope } from '../../src/access/principal';
import { ConsoleBrowser } from '../access/console-browser';
import { endedRun, startProgram, type Program } from '../support/program';

const CONNECTOR = '/v1/connectors/{connectorId}';

/** What each route under /v1 asks for. A route that is not here fails the test: decide who may use it first. */
const REQUIRED: Record<string, readonly Scope[]> = {
  [`GET ${CONNECTOR}`]: ['status:read'],
  [`GET ${CONNECTOR}/alerts`]: ['status:read'],
  [`GET ${CONNECTOR}/alert-settings`]: ['connector:manage'],
  [`PUT ${CONNECTOR}/alert-settings`]: ['connector:manage'],
  [`GET ${CONNECTOR}/alert-webhooks`]: ['connector:manage'],
  [`POST ${CONNECTOR}/alert-webhooks`]: ['connector:manage'],
  [`DELETE ${CONNECTOR}/alert-webhooks/{webhookId}`]: ['connector:manage'],
  [`GET ${CONNECTOR}/audit`]: ['audit:read'],
  [`GET ${CONNECTOR}/authorities`]: ['connector:manage'],
  [`PUT ${CONNECTOR}/authorities`]: ['connector:manage'],
  [`DELETE ${CONNECTOR}/authorities`]: ['connector:manage'],
  [`POST ${CONNECTOR}/authorize-links`]: ['connector:manage'],
  [`GET ${CONNECTOR}/changes`]: ['status:read'],
  [`GET ${CONNECTOR}/diagnosis`]: ['status:read'],
  [`POST ${CONNECTOR}/disconnect`]: ['connector:manage'],
  [`GET ${CONNECTOR}/networks`]: ['connector:manage'],
  [`PUT ${CONNECTOR}/networks`]: ['connector:manage'],
  [`GET ${CONNECTOR}/preflight`]: ['connector:manage'],
  [`PUT ${CONNECTOR}/push-token`]: ['connector:manage'],
  [`DELETE ${CONNECTOR}/push-token`]: ['connector:manage'],
  [`GET ${CONNECTOR}/registrar-sweep`]: ['connector:manage'],
  [`PUT ${CONNECTOR}/registrar-sweep`]: ['connector:manage'],
  [`GET ${CONNECTOR}/settings`]: ['connector:manage'],
  [`PATCH ${CONNECTOR}/settings`]: ['connector:manage'],
  [`PUT ${CONNECTOR}/service-client`]: ['connector:manage'],
  [`DELETE ${CONNECTOR}/service-client`]: ['connector:manage'],
  [`GET ${CONNECTOR}/status-counts`]: ['status:read'],
  [`GET ${CONNECTOR}/status-events`]: ['status:read'],
  [`POST ${CONNECTOR}/statuses`]: ['status:read'],
  [`POST ${CONNECTOR}/sync`]: ['sync:run'],
  [`GET ${CONNECTOR}/sync-runs`]: ['status:read'],
  [`GET ${CONNECTOR}/sync-runs/{runId}`]: ['status:read'],
  [`GET ${CONNECTOR}/sync-runs/{runId}/problems`]: ['status:read'],
  [`POST ${CONNECTOR}/sync-runs/{runId}/approve`]: ['sync:run'],
  [`GET ${CONNECTOR}/targets`]: ['status:read'],
  [`GET ${CONNECTOR}/targets/{targetId}/history`]: ['status:read'],
  [`POST ${CONNECTOR}/targets/{targetId}/probe`]: ['connector:manage'],
  [`GET ${CONNECTOR}/users`]: ['status:read'],
  [`GET ${CONNECTOR}/users/choices`]: ['status:read'],
  [`GET ${CONNECTOR}/users/count`]: ['status:read'],
  [`POST ${CONNECTOR}/users`]: ['connector:manage'],
  [`POST ${CONNECTOR}/users/import`]: ['connector:manage'],
  [`GET ${CONNECTOR}/users/import/sample`]: ['connector:manage'],
  [`GET ${CONNECTOR}/users/export`]: ['status:read'],
  [`GET ${CONNECTOR}/users/{user}`]: ['status:read'],
  [`DELETE ${CONNECTOR}/users/{user}`]: ['connector:manage'],
  [`POST ${CONNECTOR}/users/{user}/app-tokens`]: ['status:read', 'credentials:read', 'registrations:write'],
  [`GET ${CONNECTOR}/users/{user}/diagnosis`]: ['status:read'],
  [`POST ${CONNECTOR}/users/{user}/registrar-check`]: ['connector:manage'],
  [`GET ${CONNECTOR}/users/{user}/registration`]: ['credentials:read'],
  [`PUT ${CONNECTOR}/users/{user}/registrations/{deviceId}`]: ['registrations:write'],
  [`POST ${CONNECTOR}/users/{user}/sync`]: ['sync:run'],
  [`GET ${CONNECTOR}/users/{user}/status`]: ['status:read'],
  [`GET ${CONNECTOR}/users/{user}/status-history`]: ['status:read'],
};
/** About the caller's own session, and what anybody may see. */
const ABOUT_SESSIONS = ['GET /v1/session', 'DELETE /v1/session', 'DELETE /v1/sessions'];
const PUBLIC = ['GET /v1/sign-in'];
/** What a session of the console never has. */
const NOT_FOR_SESSIONS: readonly Scope[] = ['credentials:read', 'registrations:write'];
const HOUR_MS = 3_600_000;

/** By what a request says who sends it. */
interface Credentials {
  token?: string | undefined;
  cookie?: string | undefined;
  csrf?: string | undefined;
}

/** Tokens of machine clients, and sessions of admins; tokens of apps have a matrix of their own. */
describe('every route under /v1', () => {
  let program: Program;
  let connectorId: string;
  let other: string;
  let user: string;
  /** Those of a connector. */
  let routes: string[];
  let others: string[];

  const tokenOf = async (
    client: { clientId: string; clientSecret: string },
    scope: readonly Scope[],
  ): Promise<string> => {
    const response = await fetch(`${program.url}/oauth2/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: scope.join(' ') }),
    });
    expect(response.status).toBe(200);
    return ((await response.json()) as { access_token: string }).access_token;
  };

  const bodyOf = (path: string): string => {
    if (path.endsWith('{deviceId}')) return '{"platform":"desktop","outcome":"unregistered"}';
    return path.endsWith('app-tokens') ? '{"platform":"desktop"}' : '{}';
  };

  const call = (route: string, token: string | undefined, connector = connectorId): Promise<unknown[]> =>
    callAs(route, { token }, connector);

  async function callAs(route: string, { token, cookie, csrf }: Credentials, connector: string): Promise<unknown[]> {
    const [method = '', path = ''] = route.split(' ');
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
    const response = await fetch(
      `${program.url}${path
        .replace('{connectorId}', connector)
        .replace('{user}', encodeURIComponent(user))
        .replace('{deviceId}', 'd1')
        .replace(/\{[^}]+\}/g, () => randomUUID())}${path.endsWith('/registration') ? '?platform=desktop' : ''}`,
      {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(cookie === undefined ? {} : { cookie: `connector_session=${cookie}` }),
          ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
          ...(hasBody ? { 'content-type': 'application/json' } : {}),
        },
        ...(hasBody ? { body: bodyOf(path) } : {}),
      },
    );
    if (response.headers.get('content-type') === 'text/event-stream') {
      await response.body?.cancel();
      return [route, response.status];
    }
    const body = (await response.json().catch(() => ({}))) as { code?: string };
    return [route, response.status, body.code];
  }

  const answers = async (token: string | undefined, connector?: string): Promise<unknown[]> => {
    const all: unknown[] = [];
    for (const route of routes) all.push(await call(route, token, connector));
    return all;
  };
  const everywhere = (status: number, code: string): unknown[] => routes.map((route) => [route, status, code]);

  beforeAll(async () => {
    program = await startProgram({ users: 60 });
    await program.connect();
    await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'two.account-admin' });
    [connectorId = '', other = ''] = await program.connectorIds();
    await endedRun(program, connectorId);
    await endedRun(program, other);
    const { body } = await program.get(`/v1/connectors/${connectorId}/users?limit=1`, await program.token(connectorId));
    user = (body['items'] as { email: string }[])[0]?.email ?? '';
    const { paths } = (await (await fetch(`${program.url}/docs-json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const all = Object.entries(paths)
      .filter(([path]) => path.startsWith('/v1/'))
      .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
    routes = all.filter((route) => route.includes(CONNECTOR));
    others = all.filter((route) => !route.includes(CONNECTOR));
  });
  afterAll(() => program.stop());

  it('is in this table', () => {
    expect(routes.toSorted()).toEqual(Object.keys(REQUIRED).toSorted());
    expect(others.toSorted()).toEqual([...ABOUT_SESSIONS, ...PUBLIC].toSorted());
  });

  it('of sessions, with a token or with nothing; and what anybody may see', async () => {
    for (const token of [undefined, 'nonsense', await program.token(connectorId)]) {
      for (const route of ABOUT_SESSIONS) expect(await call(route, token)).toEqual([route, 401, 'unauthenticated']);
      for (const route of PUBLIC) expect(await call(route, token)).toEqual([route, 200, undefined]);
    }
  });

  it('without a token, with none of ours, and with one that is not to be read', async () => {
    expect(await answers(undefined)).toEqual(everywhere(401, 'unauthenticated'));
    expect(await answers('nonsense')).toEqual(everywhere(401, 'unauthenticated'));
    const [header, payload, signature = ''] = (await program.token(connectorId)).split('.');
    const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect(await answers(forged)).toEqual(everywhere(401, 'unauthenticated'));
  });

  it('with every scope but the one that it asks for', async () => {
    for (const missing of SCOPES) {
      const token = await program.token(
        connectorId,
        SCOPES.filter((scope) => scope !== missing),
      );
      for (const route of routes.filter((name) => REQUIRED[name]?.includes(missing)))
        expect([missing, ...(await call(route, token))]).toEqual([missing, route, 403, 'insufficient_scope']);
    }
  });

  it('of a user of another connector', async () => {
    const token = await program.token(connectorId);
    const { rows } = await program.database.query<{ email: string }>(
      'select email from integrated_users where connector_id <> $1 limit 1',
      [connectorId],
    );
    const own = user;
    user = rows[0]?.email ?? '';
    expect(user).toContain('@');
    for (const route of routes.filter((name) => name.includes('{user}')))
      expect(await call(route, token)).toEqual([route, 404, 'not_found']);
    user = own;
  });

  it('with the scopes that it asks for, and no other', async () => {
    for (const route of routes) {
      const [, status] = await call(route, await program.token(other, REQUIRED[route]), other);
      expect([route, [401, 403].includes(Number(status))]).toEqual([route, false]);
    }
  });

  it('of another connector, and of one that there is not', async () => {
    const token = await program.token(connectorId);
    expect(await answers(token, other)).toEqual(everywhere(404, 'not_found'));
    expect(await answers(token, randomUUID())).toEqual(everywhere(404, 'not_found'));
    expect(await answers(token, 'x')).toEqual(everywhere(404, 'not_found'));
  });

  it('with the token of a client that was revoked, and with one that has expired', async () => {
    const clients = program.app.get(ApiClients);
    const client = await clients.create(connectorId, [...SCOPES], 'test');
    const token = await tokenOf(client, SCOPES);
    const lives = await program.token(connectorId);
    await clients.revoke(client.clientId);
    program.clock.advance(11_000);
    expect(await answers(token)).toEqual(everywhere(401, 'unauthenticated'));
    expect((await call(`GET ${CONNECTOR}`, lives))[1]).toBe(200);
    program.clock.advance(HOUR_MS + 6_000);
    expect(await answers(lives)).toEqual(everywhere(401, 'unauthenticated'));
  });

  describe('with a session', () => {
    const isRead = (route: string): boolean => route.startsWith('GET ');
    let admin: { cookie: string; csrf: string };

    async function signIn(person = 'one.owner'): Promise<{ cookie: string; csrf: string }> {
      const browser = new ConsoleBrowser(program);
      await browser.signIn('zoom', person);
      return { cookie: browser.cookie ?? '', csrf: browser.csrfToken ?? '' };
    }
    const withSession = async (as: Credentials, connector = connectorId, which = routes): Promise<unknown[]> => {
      const all: unknown[] = [];
      for (const route of which) all.push(await callAs(route, as, connector));
      return all;
    };

    beforeEach(async () => {
      admin = await signIn();
    });

    it('that is none of ours, or beside an access token that is wrong', async () => {
      const cookies = ['', 'nonsense', 'A'.repeat(43), admin.cookie.toUpperCase(), `${admin.cookie}A`];
      for (const cookie of cookies)
        expect(await withSession({ ...admin, cookie })).toEqual(everywhere(401, 'unauthenticated'));
      expect(await withSession({ ...admin, token: 'nonsense' })).toEqual(everywhere(401, 'unauthenticated'));
    });

    it('without its CSRF token: reads, and nothing else', async () => {
      for (const csrf of [undefined, (await signIn()).csrf])
        for (const [route, status, code] of (await withSession({ ...admin, csrf })) as [string, number, string][]) {
          if (isRead(route)) expect([route, wasRefused(status)]).toEqual([route, isOnlyForMachines(route)]);
          else expect([route, status, code]).toEqual([route, 403, 'csrf_token_invalid']);
        }
      const changing = ABOUT_SESSIONS.filter((route) => !isRead(route));
      expect(await withSession({ cookie: admin.cookie }, connectorId, changing)).toEqual(
        changing.map((route) => [route, 403, 'csrf_token_invalid']),
      );
      expect(await callAs('GET /v1/session', admin, connectorId)).toMatchObject({ 1: 200 });
    });

    it('of another connector, and of one that there is not', async () => {
      const stranger = await signIn('two.owner');
      expect(await withSession(stranger)).toEqual(everywhere(404, 'not_found'));
      const nobody = await signIn();
      expect(await withSession(nobody, randomUUID())).toEqual(everywhere(404, 'not_found'));
      expect((await callAs(`GET ${CONNECTOR}`, nobody, connectorId))[1]).toBe(200);
    });

    it('that nobody has used for half an hour, and that is twelve hours old', async () => {
      program.clock.advance(HOUR_MS / 2);
      expect(await withSession(admin)).toEqual(everywhere(401, 'unauthenticated'));
      expect(await withSession(admin, connectorId, ABOUT_SESSIONS)).toEqual(
        ABOUT_SESSIONS.map((route) => [route, 401, 'unauthenticated']),
      );
      admin = await signIn();
      for (let hours = 0; hours < 12; hours += 0.25) {
        expect((await callAs('GET /v1/session', admin, connectorId))[1]).toBe(200);
        program.clock.advance(HOUR_MS / 4);
      }
      expect(await withSession(admin)).toEqual(everywhere(401, 'unauthenticated'));
    });

    const wasRefused = (status: unknown): boolean => [401, 403].includes(Number(status)) || Number(status) >= 500;
    const isOnlyForMachines = (route: string): boolean =>
      REQUIRED[route]?.some((scope) => NOT_FOR_SESSIONS.includes(scope)) === true;

    // Last, because the connector ends with it.
    it('of its own connector: everything but what is for Zoom’s cloud and apps', async () => {
      await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'two.account-admin' });
      const browser = new ConsoleBrowser(program);
      await browser.signIn('zoom', 'two.owner');
      const own = await browser.connectorId();
      const session = { cookie: browser.cookie, csrf: browser.csrfToken };
      const end = `POST ${CONNECTOR}/disconnect`;
      for (const route of [...routes.filter((name) => name !== end), end]) {
        const [, status, code] = await callAs(route, session, own);
        if (isOnlyForMachines(route)) expect([route, status, code]).toEqual([route, 403, 'insufficient_scope']);
        else expect([route, status, wasRefused(status)]).toEqual([route, status, false]);
      }
    });
  });
});
