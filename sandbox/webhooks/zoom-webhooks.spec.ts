import { createHmac } from 'node:crypto';
import { startSandbox, type RunningSandbox } from '../server';
import { isSigned } from '../testing/is-signed';
import { Receiver, type Received } from '../testing/receiver';
import { zoomSignature } from './zoom-signature';

describe('Zoom webhooks', () => {
  let receiver: Receiver;
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    sandbox = await startSandbox({ port: 0, users: 20, zoomWebhookUrl: receiver.url });
  });
  beforeEach(() => {
    sandbox.control.reset();
    sandbox.control.setZoomWebhookUrl(receiver.url);
    receiver.clear();
  });
  afterAll(async () => {
    await sandbox.stop();
    await receiver.stop();
  });

  const send = async (event = 'user.deleted'): Promise<void> => {
    sandbox.control.sendZoomEvent(event, { id: 'u1', first_name: 'Jürgen' });
    await sandbox.control.webhooksIdle();
  };
  const keyOrders = (): string[] => receiver.received.map(({ body }) => Object.keys(body).join());

  it('sends what Zoom sends, signed over the raw bytes', async () => {
    await send();
    const [one] = receiver.received as [Received];
    expect(one.headers).toMatchObject({
      'user-agent': 'Zoom Marketplace/1.0a',
      'content-type': 'application/json; charset=utf-8',
      'x-zm-request-timestamp': expect.stringMatching(/^\d{10}$/),
      'x-zm-request-id': expect.stringMatching(/^[0-9a-f]{8}(_[0-9a-f]{4}){3}_[0-9a-f]{12}$/),
      'x-zm-trackingid': expect.stringMatching(/./),
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
      clientid: sandbox.credentials.zoomClientId,
    });
    expect(isSigned(one, sandbox.credentials.zoomWebhookSecret)).toBe(true);
    expect(isSigned(one, 'another')).toBe(false);
    expect(one.raw.toString('utf8')).toContain('"first_name":"Jürgen"');
    expect(one.body).toEqual({
      event: 'user.deleted',
      event_ts: expect.any(Number),
      payload: {
        account_id: 'nordwindZoomAccount001',
        operator: 'Olga.Owner@nordwind.example',
        operator_id: 'zoomPerson1ownerxxxxxx',
        object: { id: 'u1', first_name: 'Jürgen' },
      },
    });
    expect(sandbox.control.webhooks()).toEqual([
      {
        requestId: one.headers['x-zm-request-id'],
        event: 'user.deleted',
        state: 'delivered',
        attempts: [{ at: expect.any(String), status: 204 }],
      },
    ]);
  });

  it('sends nothing without an address, and says which addresses it takes', async () => {
    sandbox.control.setZoomWebhookUrl(undefined);
    expect(sandbox.control.sendZoomEvent('user.deleted', {})).toBeUndefined();
    expect(sandbox.control.webhooks()).toEqual([]);
    expect(() => sandbox.control.setZoomWebhookUrl('ftp://127.0.0.1/')).toThrow(RangeError);
    await expect(startSandbox({ port: 0, users: 1, zoomWebhookUrl: 'nowhere' })).rejects.toThrow('http or https');
  });

  it('writes the keys in each order of Zoom’s documents', async () => {
    await send();
    sandbox.control.configure({ webhookKeyOrder: 'payload-first' });
    await send();
    expect(keyOrders()).toEqual(['event,event_ts,payload', 'payload,event_ts,event']);
    receiver.clear();
    sandbox.control.configure({ webhookKeyOrder: 'mixed' });
    for (let round = 0; round < 3; round += 1) await send();
    expect(new Set(keyOrders()).size).toBe(3);
  });

  it('tests the address', async () => {
    const encrypt = (token: string, secret = sandbox.credentials.zoomWebhookSecret): string =>
      createHmac('sha256', secret).update(token).digest('hex');
    const answerWith = (secret?: string, status = 200): void => {
      receiver.answering = ({ body }) => {
        const { plainToken } = body['payload'] as { plainToken: string };
        return { status, body: JSON.stringify({ plainToken, encryptedToken: encrypt(plainToken, secret) }) };
      };
    };
    answerWith();
    expect(await sandbox.control.validateWebhookUrl()).toEqual({ valid: true, status: 200 });
    const [one] = receiver.received as [Received];
    expect(isSigned(one, sandbox.credentials.zoomWebhookSecret)).toBe(true);
    expect(one.body).toEqual({
      payload: { plainToken: expect.any(String) },
      event_ts: expect.any(Number),
      event: 'endpoint.url_validation',
    });
    answerWith('another secret');
    expect(await sandbox.control.validateWebhookUrl()).toEqual({ valid: false, status: 200 });
    receiver.answers(204);
    expect(await sandbox.control.validateWebhookUrl()).toEqual({ valid: false, status: 204 });
    sandbox.control.setZoomWebhookUrl(undefined);
    expect(await sandbox.control.validateWebhookUrl()).toEqual({ valid: false, status: 0 });
  });

  it('signs the known vector', async () => {
    const secret = 'zoom-webhook-secret-token';
    const signature = 'v0=d727a88e04181c5e9825f7e001bd5a09cf3a238103dafccfc082348c10d6a92b';
    const known = await startSandbox({
      port: 0,
      users: 1,
      zoomWebhookUrl: receiver.url,
      zoomWebhookSecret: secret,
      now: () => 1_739_923_528_999,
    });
    const object = {
      id: 'abcD3ojfdbjfg',
      first_name: 'Jürgen',
      last_name: 'Groß',
      email: 'juergen@example.com',
      type: 2,
    };
    const payload = { account_id: 'AAAAAABBBB', operator: 'admin@example.com', operator_id: 'z8yCxjabcdEFGHfp8uQ' };
    known.control.sendZoomEvent('user.deactivated', object, { eventTs: 1_626_230_691_572, payload });
    await known.control.webhooksIdle();
    const [one] = receiver.received as [Received];
    expect(one.raw).toHaveLength(272);
    expect(one.headers).toMatchObject({ 'x-zm-request-timestamp': '1739923528', 'x-zm-signature': signature });
    expect(zoomSignature(secret, '1739923528', one.raw)).toBe(signature);
    await known.stop();
  });
});
