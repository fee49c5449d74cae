import { request } from 'node:http';
import { randomUUID } from 'node:crypto';
import { first, TARGETS, UsersApp, type AnswerBody } from './users-app';

const [PBX, BACKUP, SBC] = TARGETS;
const ONSITE_ORDER = [PBX, SBC, BACKUP];
const REMOTE_ORDER = [SBC, BACKUP];

/** Linux answers for all of 127.0.0.0/8, so a test can come from several addresses over real sockets. */
const PROXY = '127.0.0.2';
const SECOND_PROXY = '127.0.0.3';
const STRANGER = '127.0.0.4';
const OFFICE = '10.20.3.4';
const HOME = '203.0.113.9';

describe('the place of an app', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start({ TRUSTED_PROXIES: `${PROXY}, ${SECOND_PROXY}` });
    await users.addUser({ email: 'erika@example.com', zoomUserId: 'Erika' });
    await putNetworks([
      { cidr: '10.20.0.0/16', site: 'Munich' },
      { cidr: '2001:db8:20::/48' },
      { cidr: '10.99.0.0/16', site: 'Berlin' },
    ]);
  });
  afterAll(() => users.stop());

  async function putNetworks(items: unknown): Promise<void> {
    const { status } = await call('PUT', items);
    expect(status).toBe(200);
  }

  /** The address and headers of the last hop are the test's choice; real sockets carry them. */
  async function handOut(
    from: string,
    headers: Record<string, string> = {},
    platform = 'desktop',
    app = users,
  ): Promise<AnswerBody> {
    const authorization = `Bearer ${await app.token()}`;
    const path = `/v1/connectors/${app.connectorId}/users/Erika/registration?platform=${platform}`;
    return new Promise((resolve, reject) => {
      const asking = request(
        `${app.url}${path}`,
        { localAddress: from, headers: { authorization, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as AnswerBody));
        },
      );
      asking.on('error', reject);
      asking.end();
    });
  }

  const call = async (
    method: 'GET' | 'PUT',
    items?: unknown,
    options: { token?: string; connectorId?: string } = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${users.url}/v1/connectors/${options.connectorId ?? users.connectorId}/networks`, {
      method,
      headers: {
        authorization: `Bearer ${options.token ?? (await users.token())}`,
        ...(method === 'PUT' ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'PUT' ? { body: JSON.stringify({ items }) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  const summary = ({ place, targets }: AnswerBody): unknown => ({ place, targets });
  const onsite = { place: 'onsite', targets: ONSITE_ORDER };
  const remote = { place: 'remote', targets: REMOTE_ORDER };
  const via = (addresses: string): Record<string, string> => ({ 'x-forwarded-for': addresses });

  describe('through the trusted chain', () => {
    it.each([
      ['one proxy, from the office', PROXY, OFFICE, onsite],
      ['one proxy, from home', PROXY, HOME, remote],
      ['two proxies, from the office', PROXY, `${OFFICE}, ${SECOND_PROXY}`, onsite],
      ['from the office in IPv6 clothes', PROXY, '::ffff:10.20.3.4', onsite],
      ['from the office by IPv6', PROXY, '2001:db8:20::7', onsite],
      ['from the office of another site', PROXY, '10.99.0.1', remote],
      ['an address that the app put before its own', PROXY, `${OFFICE}, ${HOME}`, remote],
      ['a whole chain that the app made up', PROXY, `${OFFICE}, ${PROXY}, ${HOME}, ${SECOND_PROXY}`, remote],
      ['something that is no address', PROXY, 'office', remote],
      ['an address with a port', PROXY, `${OFFICE}:4711`, remote],
    ])('%s', async (_, from, addresses, expected) => {
      expect(summary(await handOut(from, via(addresses)))).toEqual(expected);
    });
  });

  describe('from outside of it', () => {
    it.each([
      ['X-Forwarded-For', { 'x-forwarded-for': OFFICE }],
      ['X-Forwarded-For that ends with a trusted proxy', { 'x-forwarded-for': `${OFFICE}, ${PROXY}` }],
      ['Forwarded', { forwarded: `for=${OFFICE}` }],
    ])('a forged %s makes nobody onsite, nor its sender’s real address', async (_, headers) => {
      await putNetworks([{ cidr: '10.20.0.0/16' }, { cidr: `${STRANGER}/32` }]);
      expect(summary(await handOut(STRANGER))).toEqual(onsite);
      expect(summary(await handOut(STRANGER, headers))).toEqual(remote);
    });

    it.each(['x-real-ip', 'x-client-ip', 'cf-connecting-ip', 'true-client-ip'])(
      'the header %s says nothing, whoever sends it',
      async (name) => {
        await putNetworks([{ cidr: '10.20.0.0/16' }]);
        expect(summary(await handOut(STRANGER, { [name]: OFFICE }))).toEqual(remote);
        expect(summary(await handOut(PROXY, { ...via(HOME), [name]: OFFICE, forwarded: `for=${OFFICE}` }))).toEqual(
          remote,
        );
      },
    );

    it('a trusted proxy that does not say for whom it asks is not the app', async () => {
      await putNetworks([{ cidr: '127.0.0.0/8' }]);
      expect(summary(await handOut(PROXY))).toEqual(remote);
      expect(summary(await handOut(STRANGER))).toEqual(onsite);
    });

    it('with no trusted proxies nobody’s header counts', async () => {
      const alone = await UsersApp.start();
      try {
        await alone.addUser({ email: 'erika@example.com', zoomUserId: 'Erika' });
        await alone.database.query(
          `insert into onsite_networks values ($1, '', '10.20.0.0/16'), ($1, '', '127.0.0.2/32')`,
          [alone.connectorId],
        );
        expect(summary(await handOut(STRANGER, {}, 'desktop', alone))).toEqual(remote);
        expect(summary(await handOut(STRANGER, via(OFFICE), 'desktop', alone))).toEqual(remote);
        // A proxy in the office network that nobody told us of must not make all its callers onsite.
        expect(summary(await handOut(PROXY, via(HOME), 'desktop', alone))).toEqual(remote);
      } finally {
        await alone.stop();
      }
    });
  });

  it('sends a mobile to the SBC, wherever it is', async () => {
    await putNetworks([{ cidr: '10.20.0.0/16' }]);
    expect(summary(await handOut(PROXY, via(OFFICE), 'mobile'))).toEqual({ place: 'onsite', targets: REMOTE_ORDER });
    expect(summary(await handOut(PROXY, via(HOME), 'mobile'))).toEqual(remote);
  });

  it('is kept in the audit, with the address of the app', async () => {
    await putNetworks([{ cidr: '10.20.0.0/16' }]);
    await handOut(PROXY, via(OFFICE));
    const { rows } = await users.database.query<{ address: string; details: unknown }>(
      `select address, details from audit_events where action = 'credential.read' order by event_id desc limit 1`,
    );
    expect(rows).toEqual([
      { address: OFFICE, details: { email: 'erika@example.com', platform: 'desktop', place: 'onsite' } },
    ]);
  });

  describe('the networks of a connector', () => {
    it('are replaced as a whole, in canonical spelling, and recorded', async () => {
      await putNetworks([]);
      const put = await call('PUT', [
        { cidr: '2001:DB8:20:0::/48', site: ' Munich ' },
        { cidr: '10.20.0.0/16' },
        { cidr: '::ffff:10.20.0.0/112' },
      ]);
      const items = [
        { cidr: '10.20.0.0/16', site: '' },
        { cidr: '2001:db8:20::/48', site: 'Munich' },
      ];
      expect(put).toEqual({ status: 200, body: { items } });
      expect(await call('GET')).toEqual({ status: 200, body: { items } });
      await call('PUT', items);
      await call('PUT', [{ cidr: '10.20.0.0/16' }]);
      const { rows } = await users.database.query(
        `select actor_kind, actor_id, subject, details from audit_events where action = 'networks.changed' order by event_id desc limit 2`,
      );
      const by = { actor_kind: 'client', actor_id: expect.stringMatching(/^zcc_/), subject: users.connectorId };
      expect(rows).toEqual([
        { ...by, details: { added: '', removed: '2001:db8:20::/48 (Munich)' } },
        { ...by, details: { added: '2001:db8:20::/48 (Munich), 10.20.0.0/16', removed: '' } },
      ]);
    });

    it.each([
      [[{ cidr: '10.20.0.0/16' }, { cidr: '10.20.3.4/16' }], 'items.1.cidr', /10\.20\.0\.0\/16 is the network/],
      [[{ cidr: '10.20.0.0' }], 'items.0.cidr', /must be a network such as/],
      [[{ cidr: '10.20.0.0/33' }], 'items.0.cidr', /prefix/],
      [[{ cidr: '0.0.0.0/0' }], 'items.0.cidr', /everybody/],
      [[{ cidr: 7 }], 'items.0.cidr', /string/],
      [[{ site: 'Munich' }], 'items.0.cidr', /string/],
      [[{ cidr: '10.20.0.0/16', site: 'a\nb' }], 'items.0.site', /printable/],
      [[{ cidr: '10.20.0.0/16', site: 'x'.repeat(101) }], 'items.0.site', /100/],
      [[{ cidr: '10.20.0.0/16', vlan: 7 }], 'items.0.vlan', /not a field/],
      [['10.20.0.0/16'], 'items', /object/],
      ['10.20.0.0/16', 'items', /array/],
      [Array.from({ length: 501 }, (_, n) => ({ cidr: `10.${n >> 8}.${n & 255}.0/24` })), 'items', /500/],
    ])('%j is refused at %s', async (items, field, rule) => {
      const before = await call('GET');
      const { status, body } = await call('PUT', items);
      expect([status, body['code']]).toEqual([400, 'invalid_request']);
      expect(body['errors']).toContainEqual({ field, rule: expect.stringMatching(rule) });
      expect(await call('GET')).toEqual(before);
    });

    it('are the connector’s own and need its scope', async () => {
      const other = randomUUID();
      await users.addConnector(other);
      expect((await call('GET', undefined, { connectorId: other })).status).toBe(404);
      expect((await call('PUT', [], { connectorId: other })).status).toBe(404);
      expect((await call('PUT', [], { token: await users.token(['status:read']) })).status).toBe(403);
      expect(await call('GET', undefined, { token: await users.token(undefined, other), connectorId: other })).toEqual({
        status: 200,
        body: { items: [] },
      });
    });

    it('that two admins write at once are those of one of them', async () => {
      const lists = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16'].map((cidr) => [
        { cidr, site: 'one' },
        { cidr, site: 'two' },
      ]);
      const answers = await Promise.all(lists.map((items) => call('PUT', items)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const { body } = await call('GET');
      expect(lists).toContainEqual(body['items']);
      expect(first(body['items'] as unknown[])).toBeDefined();
    });
  });
});
