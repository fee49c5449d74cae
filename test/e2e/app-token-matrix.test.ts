import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { endedRun, startProgram, type Program } from '../support/program';

/** What the token is, seen from the route that it is used at. */
const KINDS = ['own', 'another user', 'another connector', 'another platform', 'expired'] as const;
type Kind = (typeof KINDS)[number];

/** Routes that an app may use, with the answer to each kind of token. All others under /v1 are closed to it. */
const OPEN: Record<string, Record<Kind, number>> = {
  'GET /v1/connectors/{connectorId}/users/{user}/status': {
    own: 200,
    'another user': 404,
    'another connector': 404,
    // The status is about the user: both devices are in it.
    'another platform': 200,
    expired: 401,
  },
  'GET /v1/connectors/{connectorId}/users/{user}/registration': {
    own: 200,
    'another user': 404,
    'another connector': 404,
    'another platform': 403,
    expired: 401,
  },
  'PUT /v1/connectors/{connectorId}/users/{user}/registrations/{deviceId}': {
    own: 204,
    'another user': 404,
    'another connector': 404,
    'another platform': 403,
    expired: 401,
  },
};
/** About a session of the console, which an app has not; and what anybody may see. */
const ABOUT_SESSIONS = ['GET /v1/session', 'DELETE /v1/session', 'DELETE /v1/sessions'];
const PUBLIC = ['GET /v1/sign-in'];
const CLOSED: Record<Kind, number> = {
  own: 403,
  'another user': 403,
  'another connector': 404,
  'another platform': 403,
  expired: 401,
};
const CODES: Record<number, string> = { 401: 'unauthenticated', 403: 'insufficient_scope', 404: 'not_found' };
const TOKEN_SECONDS = 900;

describe('every route and the token of an app', () => {
  let program: Program;
  let connectorId: string;
  let userId: string;
  let routes: [method: string, path: string][];
  const tokens = new Map<Kind, string>();

  async function call(
    method: string,
    path: string,
    token: string | undefined,
  ): Promise<{ status: number; text: string }> {
    const body =
      method === 'GET' || method === 'DELETE'
        ? undefined
        : JSON.stringify(
            /registrations/.test(path) ? { platform: 'desktop', outcome: 'registered', expiresIn: 60 } : {},
          );
    const response = await fetch(`${program.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, text: await response.text() };
  }

  async function mint(connector: string, user: string, platform: string): Promise<string> {
    const response = await fetch(
      `${program.url}/v1/connectors/${connector}/users/${encodeURIComponent(user)}/app-tokens`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${await program.token(connector)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ platform }),
      },
    );
    expect(response.status).toBe(200);
    return ((await response.json()) as { access_token: string }).access_token;
  }

  async function readyUsers(connector: string): Promise<[string, string]> {
    const { body } = await program.get(
      `/v1/connectors/${connector}/users?status=inactive&limit=2`,
      await program.token(connector),
    );
    const [one, two] = (body['items'] as { userId: string }[]).map((user) => user.userId);
    if (one === undefined || two === undefined) throw new Error('too few users');
    return [one, two];
  }

  const fill = (path: string): string =>
    path
      .replace('{connectorId}', connectorId)
      .replace('{user}', encodeURIComponent(userId))
      .replace('{deviceId}', 'd1')
      .replace('{provider}', 'zoom')
      .replace(/\{[^}]+\}/g, () => randomUUID()) + (path.endsWith('/registration') ? '?platform=desktop' : '');

  beforeAll(async () => {
    program = await startProgram({ users: 60 });
    await program.connect();
    await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'two.account-admin' });
    const [first = '', second = ''] = await program.connectorIds();
    connectorId = first;
    await endedRun(program, first);
    await endedRun(program, second);
    const [one, two] = await readyUsers(first);
    const [foreign] = await readyUsers(second);
    userId = one;
    tokens.set('expired', await mint(first, one, 'desktop'));
    program.clock.advance((TOKEN_SECONDS + 6) * 1000);
    tokens.set('own', await mint(first, one, 'desktop'));
    tokens.set('another user', await mint(first, two, 'desktop'));
    tokens.set('another connector', await mint(second, foreign, 'desktop'));
    tokens.set('another platform', await mint(first, one, 'mobile'));
    const { paths } = (await (await fetch(`${program.url}/docs-json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    routes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method): [string, string] => [method.toUpperCase(), path]),
    );
  });
  afterAll(() => program.stop());

  /** There are more routes than an app may call in a second. */
  const unhurried = async (ask: () => ReturnType<typeof call>): ReturnType<typeof call> => {
    const answer = await ask();
    if (answer.status !== 429) return answer;
    await sleep(1_000);
    return ask();
  };
  const inApi = ([, path]: [string, string]): boolean => path.startsWith('/v1/');

  it('knows every open route, and there are others', () => {
    const names = routes.map((route) => route.join(' '));
    expect(names).toEqual(expect.arrayContaining(Object.keys(OPEN)));
    expect(routes.filter(inApi).length).toBeGreaterThan(25);
    // Whatever has no connector in its path would not be held against that of the token.
    const others = routes.filter(inApi).filter(([, path]) => !path.startsWith('/v1/connectors/{connectorId}'));
    expect(others.map((route) => route.join(' ')).toSorted()).toEqual([...ABOUT_SESSIONS, ...PUBLIC].toSorted());
  });

  it.each(KINDS)('under /v1, with the token %s', async (kind) => {
    const token = tokens.get(kind);
    for (const [method, path] of routes.filter(inApi)) {
      const name = `${method} ${path}`;
      const expected = PUBLIC.includes(name) ? 200 : ABOUT_SESSIONS.includes(name) ? 401 : (OPEN[name] ?? CLOSED)[kind];
      const { status, text } = await unhurried(() => call(method, fill(path), token));
      expect([name, kind, status, text]).toEqual([name, kind, expected, expect.any(String)]);
      if (expected >= 400)
        expect([name, JSON.parse(text)]).toEqual([name, expect.objectContaining({ code: CODES[expected] })]);
    }
  });

  it('elsewhere a token changes nothing: those routes know no tokens of apps', async () => {
    const others = routes.filter((route) => !inApi(route));
    expect(others.length).toBeGreaterThan(5);
    for (const [method, path] of others) {
      const name = `${method} ${path}`;
      const without = await call(method, fill(path), undefined);
      for (const kind of KINDS)
        expect([name, kind, (await call(method, fill(path), tokens.get(kind))).status]).toEqual([
          name,
          kind,
          without.status,
        ]);
    }
  });

  it('has done nothing but what the open routes do', async () => {
    const { body } = await program.get(`/v1/connectors/${connectorId}`, await program.token(connectorId));
    expect(body).toMatchObject({ state: 'active' });
    const { rows } = await program.database.query<{ details: { by?: string } }>(
      `select details from audit_events where action = 'credential.read'`,
    );
    expect(rows.map(({ details }) => details.by)).toEqual(['app']);
  });

  it('ends with its connector, within seconds, though it would be good for longer', async () => {
    const path = `/v1/connectors/${connectorId}/users/${encodeURIComponent(userId)}/status`;
    const machine = await program.token(connectorId);
    expect((await call('GET', path, tokens.get('own'))).status).toBe(200);
    expect((await call('POST', `/v1/connectors/${connectorId}/disconnect`, machine)).status).toBe(202);
    program.clock.advance(5000);
    expect((await call('GET', path, tokens.get('own'))).status).toBe(401);
    // The client itself goes on, to read the audit.
    expect((await call('GET', `/v1/connectors/${connectorId}/audit`, machine)).status).toBe(200);
  });
});
