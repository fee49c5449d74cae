import { randomUUID } from 'node:crypto';
import { AuditLog } from '../../src/platform/audit/audit-log';
import { OpenApiCheck } from '../support/open-api-check';
import { startProgram, type Program } from '../support/program';

interface Event {
  id: string;
  at: string;
  action: string;
  subject: string;
  actor: { kind: string; id: string };
  actorName: string | null;
}

interface Answer {
  status: number;
  items: Event[];
  nextCursor: string | null;
  code: string;
  errors: { field: string; rule: string }[];
}

describe('GET …/audit', () => {
  let program: Program;
  let api: OpenApiCheck;
  let connectorId: string;
  let token: string;

  async function connector(): Promise<string> {
    const id = randomUUID();
    await program.database.query(
      `insert into connectors (connector_id, state, next_sync_at) values ($1, 'active', now() + interval '1 day')`,
      [id],
    );
    return id;
  }
  const record = (of: string, action: string, subject = ''): Promise<void> =>
    program.app.get(AuditLog).record({ connectorId: of, actorKind: 'system', actorId: 'test', action, subject });
  async function call(query = '', of = connectorId, as = token): Promise<Answer> {
    const path = `/v1/connectors/${of}/audit${query}`;
    const response = await fetch(`${program.url}${path}`, { headers: { authorization: `Bearer ${as}` } });
    const text = await response.text();
    api.check('GET', path, response.status, response.headers.get('content-type'), text);
    return { status: response.status, ...(JSON.parse(text) as Omit<Answer, 'status'>) };
  }

  beforeAll(async () => {
    program = await startProgram({ users: 5 });
    api = await OpenApiCheck.of(program.url);
    connectorId = await connector();
    token = await program.token(connectorId, ['audit:read']);
  });
  afterAll(() => program.stop());

  it('names admins by the email of their newest grant, clients by their name, and nobody else', async () => {
    const of = await connector();
    const reader = await program.token(of, ['audit:read']);
    await program.database.query(
      `insert into grants (connector_id, grant_id, provider, state, account_id, subject_id, subject_email, authorised_at)
       values ($1, gen_random_uuid(), 'zoom', 'dead', 'z', 'admin-1', 'old@example.com', now() - interval '1 day'),
              ($1, gen_random_uuid(), 'zoom', 'active', 'z', 'admin-1', 'new@example.com', now()),
              ($2, gen_random_uuid(), 'zoom', 'active', 'z', 'admin-2', 'other@example.com', now())`,
      [of, connectorId],
    );
    const { rows } = await program.database.query<{ id: string }>(
      'select client_id as id from api_clients where connector_id = $1',
      [of],
    );
    const actors = [
      ['admin', 'admin-1', 'new@example.com'],
      ['admin', 'admin-2', null],
      ['client', rows[0]?.id ?? '', 'test'],
      ['client', 'admin-1', null],
      ['system', 'admin-1', null],
    ] as const;
    for (const [actorKind, actorId] of actors)
      await program.app.get(AuditLog).record({ connectorId: of, actorKind, actorId, action: 'test.named' });
    const { items } = await call('?action=test.named', of, reader);
    expect(items.toReversed().map(({ actor, actorName }) => [actor.kind, actor.id, actorName])).toEqual(actors);
  });

  it('shows who made the client that asks, and everything else that is known of it', async () => {
    const { items, nextCursor } = await call();
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        at: expect.any(String),
        actor: { kind: 'admin', id: 'cli' },
        actorName: null,
        action: 'client.created',
        subject: expect.stringMatching(/^zcc_/),
        requestId: null,
        address: null,
        zoomTrackingId: null,
        mitelCorrelationId: null,
        details: { scope: 'audit:read', name: 'test' },
      },
    ]);
    expect(nextCursor).toBeNull();
  });

  it('pages newest first, each event once, while others are written', async () => {
    const of = await connector();
    const as = await program.token(of, ['audit:read']);
    for (let n = 0; n < 23; n += 1) await record(of, 'test.done', String(n));
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; cursor !== '' || page === 0; page += 1) {
      const { items, nextCursor } = await call(`?limit=4&action=test.done${cursor}`, of, as);
      seen.push(...items.map((event) => event.subject));
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
      await Promise.all([1, 2, 3].map(() => record(of, 'test.done', `late ${page}`)));
    }
    expect(seen).toEqual(Array.from({ length: 23 }, (_, n) => String(22 - n)));
  });

  it('filters by action and time', async () => {
    const of = await connector();
    const as = await program.token(of, ['audit:read']);
    for (const action of ['test.one', 'test.two', 'test.three']) await record(of, action);
    const { items } = await call('', of, as);
    const actions = async (query: string): Promise<string[]> =>
      (await call(query, of, as)).items.map((event) => event.action);
    expect(await actions('')).toEqual(['test.three', 'test.two', 'test.one', 'client.created']);
    expect(await actions('?action=test.two')).toEqual(['test.two']);
    expect(await actions('?action=nothing.done')).toEqual([]);
    const two = new Date(items[1]?.at ?? '').toISOString();
    expect(await actions(`?to=${two}`)).not.toContain('test.two');
    expect(await actions(`?from=${encodeURIComponent(two.replace('Z', '+00:00'))}`)).toContain('test.three');
    expect(await actions('?from=2100-01-01T00:00:00Z')).toEqual([]);
    expect(await actions('?to=2000-01-01T00:00:00Z')).toEqual([]);
    expect(await actions('?from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z&limit=200')).toHaveLength(4);
  });

  it.each([
    ['limit=0', 'limit', /not be less than 1/],
    ['limit=201', 'limit', /not be greater than 200/],
    ['limit=ten', 'limit', /integer/],
    ['limit=1&limit=2', 'limit', /integer/],
    ['cursor=nonsense', 'cursor', /nextCursor of an earlier page/],
    [`cursor=${Buffer.from('1; drop table audit_events').toString('base64url')}`, 'cursor', /nextCursor/],
    [`cursor=${Buffer.from('9'.repeat(30)).toString('base64url')}`, 'cursor', /nextCursor/],
    [`cursor=${'x'.repeat(5000)}`, 'cursor', /200 characters/],
    ['action=Grant Added', 'action', /name of an action/],
    ['action=', 'action', /name of an action/],
    [`action=${'a'.repeat(100)}`, 'action', /64 characters/],
    ['action[x]=1', undefined, /./],
    ['from=yesterday', 'from', /date-time with its offset/],
    ['from=2026-11-24', 'from', /date-time with its offset/],
    ['to=2026-02-30T00:00:00Z', 'to', /date-time with its offset/],
    ['to=2026-11-24T10:00:00Z&to=2026-11-24T10:00:00Z', 'to', /date-time with its offset/],
    ['actor=admin', 'actor', /not a field/],
  ] as const)('refuses %s by name and rule', async (query, field, rule) => {
    const { status, code, errors } = await call(`?${query}`);
    expect([status, code]).toEqual([400, 'invalid_request']);
    expect(JSON.stringify(errors)).toMatch(rule);
    if (field !== undefined) expect(errors.map((error) => error.field)).toContain(field);
  });

  it('is for the own connector and the scope audit:read alone', async () => {
    const other = await connector();
    const strong = await program.token(other);
    const weak = await program.token(connectorId, ['status:read', 'connector:manage']);
    expect(await call('', connectorId, strong)).toMatchObject({ status: 404, code: 'not_found' });
    expect(await call('', connectorId, weak)).toMatchObject({ status: 403, code: 'insufficient_scope' });
    expect(await call('', connectorId, 'nonsense')).toMatchObject({ status: 401, code: 'unauthenticated' });
    const { items } = await call('?limit=200', other, strong);
    expect(items.map((event) => event.action)).toEqual(['client.created']);
  });

  it('still answers for a connector that is disconnected', async () => {
    const of = await connector();
    const as = await program.token(of, ['audit:read']);
    await record(of, 'connector.disconnected');
    await program.database.query(`update connectors set state = 'disconnected' where connector_id = $1`, [of]);
    const { status, items } = await call('', of, as);
    expect([status, items[0]?.action]).toEqual([200, 'connector.disconnected']);
  });

  it('records who starts a sync, with request and address', async () => {
    const of = await connector();
    await fetch(`${program.url}/v1/connectors/${of}/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await program.token(of, ['sync:run'])}`, 'x-request-id': 'my-request-1' },
    });
    const { items } = await call('?action=sync.started', of, await program.token(of, ['audit:read']));
    expect(items).toMatchObject([
      {
        actor: { kind: 'client', id: expect.stringMatching(/^zcc_/) },
        subject: expect.stringMatching(/^[0-9a-f-]{36}$/),
        requestId: 'my-request-1',
        address: '127.0.0.1',
      },
    ]);
  });
});
