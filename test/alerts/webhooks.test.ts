import { AlertWebhooks } from '../../src/alerts/settings/alert-webhooks';
import { until } from '../support/program';
import { AlertsApp } from './alerts-app';
import { isSigned, Receiver } from './receiver';

const BY = { actorKind: 'admin', actorId: 'test' } as const;
const OPERATOR_SECRET = 'operator-secret-5521';

describe('alerts by webhook', () => {
  let app: AlertsApp;
  let receiver: Receiver;
  let secret: string;
  let webhookId: string;

  beforeEach(async () => {
    receiver = await Receiver.start();
    app = await AlertsApp.start({
      env: { ALERT_WEBHOOK_URL: `${receiver.url}/operator`, ALERT_WEBHOOK_SECRET: OPERATOR_SECRET },
    });
    const added = await app.app.get(AlertWebhooks).add(app.connectorId, `${receiver.url}/customer`, BY);
    secret = added.secret;
    webhookId = added.id;
  });
  afterEach(async () => {
    await app.stop();
    await receiver.stop();
  });

  it('arrive once at each place, signed over the raw bytes, in two languages and with the link', async () => {
    const grantId = await app.addGrant('dead', 'jörg@example.com');
    await app.raise({ kind: 'connector.reauthorization_required', provider: 'zoom', grantId, reason: 'user_left' });
    expect(await app.settled()).toEqual([
      expect.objectContaining({ channel: 'webhook', state: 'delivered', attempts: 1, last_error: null }),
      expect.objectContaining({ channel: 'webhook', state: 'delivered', attempts: 1, last_error: null }),
    ]);
    const [operator, ...moreOperator] = receiver.at('/operator');
    const [customer, ...moreCustomer] = receiver.at('/customer');
    if (operator === undefined || customer === undefined) throw new Error('not received');
    expect([...moreOperator, ...moreCustomer]).toEqual([]);
    expect(isSigned(operator, OPERATOR_SECRET)).toBe(true);
    expect(isSigned(customer, secret)).toBe(true);
    expect(isSigned(customer, OPERATOR_SECRET)).toBe(false);
    // The umlauts went as UTF-8: what was signed is not what a re-serialising receiver with \u escapes would get.
    expect(customer.raw.includes(Buffer.from('jörg@example.com gehört nicht mehr zum Konto', 'utf8'))).toBe(true);
    expect(Math.abs(Number(customer.headers['x-zcc-request-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    expect(customer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'zoom-cloudlink-connector',
    });
    expect(customer.body).toEqual({
      id: expect.any(String),
      kind: 'connector.reauthorization_required',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      connector: {
        id: app.connectorId,
        name: 'Büro Zürich',
        state: 'reauthorization_required',
        zoomAccountId: `zoom-${app.connectorId}`,
        cloudlinkAccountId: `cl-${app.connectorId}`,
      },
      provider: 'zoom',
      grant: { id: grantId, admin: 'jörg@example.com', role: 'Owner' },
      reason: 'user_left',
      text: {
        en: {
          title: 'An admin must authorise again at Zoom',
          body: expect.stringContaining('jörg@example.com is no longer a member of the account.'),
          nextStep: expect.stringContaining('An admin of the Zoom account must authorise again'),
        },
        de: {
          title: 'Ein Administrator muss bei Zoom neu autorisieren',
          body: expect.stringContaining('jörg@example.com gehört nicht mehr zum Konto.'),
          nextStep: expect.stringContaining('muss neu autorisieren'),
        },
      },
      reauthorizeUrl: `https://host.example/oauth/zoom/reauthorize?c=${app.connectorId}&t=a%2Bb`,
    });
  });

  it('say of a switch-over who is gone and who took over', async () => {
    const from = await app.addGrant('dead', 'gone@example.com');
    const grantId = await app.addGrant('active', 'new@example.com');
    await app.raise({ kind: 'grant.switched', provider: 'zoom', grantId, reason: 'user_left', details: { from } });
    await app.settled();
    const [told] = receiver.at('/customer');
    expect(told?.body).toMatchObject({
      grant: { admin: 'new@example.com' },
      text: { en: { body: expect.stringContaining('gone@example.com is no longer a member of the account.') } },
    });
  });

  it('carry a link only when somebody must act', async () => {
    const grantId = await app.addGrant('dead', 'a@example.com');
    await app.raise({ kind: 'connector.recovered' });
    await app.raise({ kind: 'grant.dead', provider: 'zoom', grantId, reason: 'invalid_grant' });
    await app.settled();
    await app.addGrant('active', 'b@example.com');
    await app.raise({ kind: 'grant.dead', provider: 'zoom', grantId, reason: 'some_new_code' });
    await app.settled();
    const bodies = receiver.at('/customer').map(({ body }) => body);
    const links = bodies.map((body) => [body['kind'], body['reason'], body['reauthorizeUrl'] !== null]);
    expect(links).toHaveLength(3);
    expect(links).toEqual(
      expect.arrayContaining([
        ['connector.recovered', null, false],
        ['grant.dead', 'invalid_grant', true],
        ['grant.dead', 'some_new_code', false],
      ]),
    );
    expect(JSON.stringify(bodies.find((body) => body['reason'] === 'some_new_code'))).toContain(
      'Grund: some_new_code.',
    );
  });

  it('come again after an error and after silence, under the same request id', async () => {
    await app.app.get(AlertWebhooks).remove(app.connectorId, webhookId, BY);
    receiver.answers.push(500, 'hang');
    await app.raise({ kind: 'grant.at_risk', provider: 'zoom', reason: 'role_missing' });
    const after = await app.hurried('the time-out', async () =>
      (await app.deliveries()).find((row) => row['attempts'] === 2),
    );
    expect(after['last_error']).toBe('TIMEOUT');
    const [delivery] = await app.settled();
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 3, last_error: null });
    const ids = receiver.received.map(({ headers }) => headers['x-zcc-request-id']);
    expect(ids).toEqual([delivery?.['delivery_id'], delivery?.['delivery_id'], delivery?.['delivery_id']]);
    expect(receiver.received.every((one) => isSigned(one, OPERATOR_SECRET))).toBe(true);
  });

  it('do not follow a redirect, and do not read an answer that never ends', async () => {
    await app.app.get(AlertWebhooks).remove(app.connectorId, webhookId, BY);
    receiver.answers.push({ redirect: `${receiver.url}/elsewhere` }, 'endless');
    await app.raise({ kind: 'grant.at_risk', provider: 'zoom' });
    const failed = await app.hurried('the refusal', async () =>
      (await app.deliveries()).find((row) => row['last_error']),
    );
    expect(failed['last_error']).toBe('HTTP 307');
    expect(await app.settled()).toEqual([expect.objectContaining({ state: 'delivered', attempts: 2 })]);
    expect(receiver.at('/elsewhere')).toEqual([]);
    // The connection was closed at the status: nobody waits for the end.
    await app.hurried('the end of the endless answer', () => (receiver.endless === 0 ? true : undefined), 3_000);
  });

  it('become a dead letter after the last try, with one warning', async () => {
    receiver.answers.push(...Array<number>(30).fill(503));
    await app.raise({ kind: 'grant.switched', provider: 'zoom' });
    const rows = await app.settled();
    expect(rows.map((row) => [row['state'], row['attempts'], row['last_error']])).toEqual([
      ['dead', 9, 'HTTP 503'],
      ['dead', 9, 'HTTP 503'],
    ]);
    expect(receiver.received).toHaveLength(18);
    const warnings = app.logged('alert could not be delivered');
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatchObject({ level: 'warn', alert: 'grant.switched', reason: 'HTTP 503', attempts: 9 });
    expect(app.logged('job failed for good')).toEqual([]);
    const response = await fetch(`${app.url}/v1/connectors/${app.connectorId}/alerts`, {
      headers: { authorization: `Bearer ${await app.token(['status:read'])}` },
    });
    expect(await response.json()).toMatchObject({
      items: [
        {
          kind: 'grant.switched',
          deliveries: [
            { destination: 'operator', state: 'dead', attempts: 9, lastError: 'HTTP 503' },
            { destination: webhookId, state: 'dead', attempts: 9, lastError: 'HTTP 503' },
          ],
        },
      ],
    });
  });

  it('are not sent to a place that was removed in the meantime', async () => {
    // Whichever place is tried, and however often: none of them takes it before that one is gone.
    receiver.answers.push(...Array<number>(20).fill(500));
    await app.raise({ kind: 'grant.switched', provider: 'zoom' });
    // Not hurried: the second one is seconds away then.
    await until('a first try', async () => (receiver.at('/customer').length > 0 ? true : undefined));
    await app.app.get(AlertWebhooks).remove(app.connectorId, webhookId, BY);
    receiver.answers.length = 0;
    const before = receiver.at('/customer').length;
    const rows = await app.settled();
    expect(rows.find((row) => row['destination'] === webhookId)).toMatchObject({
      state: 'dead',
      last_error: 'destination_removed',
    });
    expect(receiver.at('/customer')).toHaveLength(before);
  });
});
