import { readFileSync } from 'node:fs';
import { toAuthorityListDto } from '../../src/targets/authorities/authorities.dto';
import { checkAuthorities } from '../../src/targets/authorities/check-authorities';
import { TrustedAuthorities } from '../../src/targets/authorities/trusted-authorities';
import { TargetsModule } from '../../src/targets/targets.module';
import { TestAuthority } from '../sip/kamailio/test-authority';
import { UsersApp } from '../users/users-app';

interface Answer {
  status: number;
  text: string;
  body: { certificates?: Record<string, unknown>[]; errors?: { field: string; rule: string }[] };
}

describe('the authorities that a connector trusts, over REST', () => {
  const [house, other] = [new TestAuthority('House authority'), new TestAuthority('Other authority')];
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start({}, undefined, [TargetsModule]);
  });
  afterAll(async () => {
    await users.stop();
    house.remove();
    other.remove();
  });

  const call = async (method: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}/authorities`, {
      method,
      headers: {
        authorization: `Bearer ${await users.token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
  };
  const named = (name: string): object => ({
    subject: `CN=${name}`,
    issuer: `CN=${name}`,
    validTo: expect.stringMatching(/^20\d\d-.*Z$/),
    expired: false,
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
  });

  it('are none, are set as a whole, shown and taken away, and recorded', async () => {
    expect((await call('GET')).body).toEqual({ certificates: [] });
    const text = `as our CA sent it:\n${house.pem}\n${other.pem}\n${house.pem}`;
    const set = await call('PUT', { pem: text });
    expect([set.status, set.body]).toEqual([
      200,
      { certificates: [named('House authority'), named('Other authority')] },
    ]);
    expect((await call('GET')).body).toEqual(set.body);
    expect((await call('PUT', { pem: other.pem })).body).toEqual({ certificates: [named('Other authority')] });
    expect((await call('DELETE')).status).toBe(204);
    expect((await call('GET')).body).toEqual({ certificates: [] });
    const { rows } = await users.database.query<{ kind: string; n: number }>(
      `select actor_kind as kind, (details ->> 'authorities')::int as n from audit_events
       where action = 'authorities.changed' order by event_id`,
    );
    expect(rows).toEqual([2, 1, 0].map((n) => ({ kind: 'client', n })));
  });

  it('show that they have expired since, and are refused then', async () => {
    await call('PUT', { pem: house.pem });
    const { validTo } = ((await call('GET')).body.certificates ?? [])[0] as { validTo: string };
    const list = users.app.get(TrustedAuthorities);
    const later = new Date(Date.parse(validTo) + 1000);
    expect(toAuthorityListDto(await list.list(users.connectorId), later)).toMatchObject({
      certificates: [{ subject: 'CN=House authority', expired: true }],
    });
    expect(() => checkAuthorities(house.pem, later, 'pem')).toThrow(
      /pem holds "CN=House authority", which has expired on 20/,
    );
  });

  const leaf = house.issue({ names: ['IP:127.0.0.2'] });
  const key = readFileSync(leaf.key, 'utf8');
  it.each([
    ['a private key', `${house.pem}${key}`, 'private key in it'],
    ['no certificate', 'nothing', 'at least one certificate'],
    ['a broken one', house.pem.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAA'), 'cannot be read'],
    ['what is no authority', readFileSync(leaf.certificate, 'utf8'), 'which is no authority'],
    ['too much', `${house.pem}${' '.repeat(256 * 1024)}`, '262144'],
    ['no text', 7, 'must be a string'],
  ])('refuse %s, naming the rule, and stay as they are', async (_, pem, rule) => {
    await call('PUT', { pem: other.pem });
    const { status, text, body } = await call('PUT', { pem });
    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toContain('pem');
    expect(text).toContain(rule);
    const secret = key.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    expect(text + users.lines.join('')).not.toContain(secret);
    expect((await call('GET')).body).toEqual({ certificates: [named('Other authority')] });
  });
});
