import { randomUUID } from 'node:crypto';
import { ApiClients } from '../../src/access/api-clients.service';
import { SCOPES, type Scope } from '../../src/access/principal';
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
  [`GET ${CONNECTOR}/users/{user}`]: ['status:read'],
  [`POST ${CONNECTOR}/users/{user}/app-tokens`]: ['status:read', 'credentials:read', 'registrations:write'],
  [`GET ${CONNECTOR}/users/{user}/diagnosis`]: ['status:read'],
  [`POST ${CONNECTOR}/users/{user}/registrar-check`]: ['connector:manage'],
  [`GET ${CONNECTOR}/users/{user}/registration`]: ['credentials:read'],
  [`PUT ${CONNECTOR}/users/{user}/registrations/{deviceId}`]: ['registrations:write'],
  [`GET ${CONNECTOR}/users/{user}/status`]: ['status:read'],
  [`GET ${CONNECTOR}/users/{user}/status-history`]: ['status:read'],
};
const HOUR_MS = 3_600_000;

/** Tokens of machine clients; those of apps have a matrix of their own. */
describe('every route under /v1', () => {
  let program: Program;
  let connectorId: string;
  let other: string;
  let user: string;
  let routes: string[];

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

  async function call(route: string, token: string | undefined, connector = connectorId): Promise<unknown[]> {
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
    routes = Object.entries(paths)
      .filter(([path]) => path.startsWith('/v1/'))
      .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  });
  afterAll(() => program.stop());

  it('is in this table', () => {
    expect(routes.toSorted()).toEqual(Object.keys(REQUIRED).toSorted());
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
});
