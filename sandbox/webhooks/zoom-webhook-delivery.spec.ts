import { startSandbox, type RunningSandbox } from '../server';
import { isSigned } from '../testing/is-signed';
import { Receiver } from '../testing/receiver';
import { ZOOM_RETRY_MINUTES } from './zoom-webhooks';

const MINUTE_MS = 4;

describe('the delivery of Zoom webhooks', () => {
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
    sandbox.control.configure({ webhookMinuteMs: MINUTE_MS });
  });
  afterAll(async () => {
    await sandbox.stop();
    await receiver.stop();
  });

  const send = async (): Promise<void> => {
    sandbox.control.sendZoomEvent('user.deleted', { id: 'u1' });
    await sandbox.control.webhooksIdle();
  };
  const statuses = (): unknown =>
    sandbox.control.webhooks().map(({ state, attempts }) => [state, ...attempts.map(({ status }) => status)]);
  const header = (name: string): unknown[] => receiver.received.map(({ headers }) => headers[name]);

  it('tries again after 5, 20 and 60 minutes, with the same id, stamp and signature', async () => {
    receiver.answering = (_received, place) => {
      // Another second begins: a new stamp would be seen.
      sandbox.control.advanceClock(1000);
      return { status: [503, 500, 502][place] ?? 200 };
    };
    await send();
    expect(statuses()).toEqual([['delivered', 503, 500, 502, 200]]);
    const [first = 0, ...later] = receiver.received.map(({ atMs }) => atMs);
    const minutes = later.map((atMs) => (atMs - first) / MINUTE_MS);
    // On a busy machine waits become longer, never shorter: that they are no longer than this is seen in the schedule.
    for (const [place, least] of [5, 25, 85].entries()) expect(minutes[place]).toBeGreaterThanOrEqual(least - 1);
    expect(ZOOM_RETRY_MINUTES).toEqual([5, 20, 60]);
    expect(new Set(header('x-zm-request-id')).size).toBe(1);
    expect(new Set(header('x-zm-request-timestamp')).size).toBe(1);
    expect(new Set(header('x-zm-signature')).size).toBe(1);
    expect(new Set(header('x-zm-trackingid')).size).toBe(4);
  });

  it('gives up after the third retry', async () => {
    receiver.answers(500);
    await send();
    expect(statuses()).toEqual([['given-up', 500, 500, 500, 500]]);
  });

  it.each([301, 302, 400, 401, 404, 429, 202])('never tries again after %d at first', async (status) => {
    receiver.answers(status);
    await send();
    expect(statuses()).toEqual([['given-up', status]]);
  });

  it('takes any 2xx on a retry', async () => {
    receiver.answers(500, 202);
    await send();
    expect(statuses()).toEqual([['delivered', 500, 202]]);
  });

  it('tries again when the connection is cut and when no answer comes in time', async () => {
    sandbox.control.configure({ webhookTimeoutMs: 1_000 });
    receiver.answering = (_received, place) => (['cut', 'nothing'] as const)[place] ?? { status: 200 };
    await send();
    expect(statuses()).toEqual([['delivered', 0, 0, 200]]);
  });

  it('can stamp and sign each retry anew', async () => {
    sandbox.control.configure({ webhookResign: true });
    receiver.answering = (_received, place) => {
      sandbox.control.advanceClock(60_000);
      return { status: place === 0 ? 503 : 200 };
    };
    await send();
    expect(new Set(header('x-zm-request-timestamp')).size).toBe(2);
    expect(receiver.received.every((one) => isSigned(one, sandbox.credentials.zoomWebhookSecret))).toBe(true);
  });

  it('sends retries to the address that is set then', async () => {
    const other = await new Receiver().start();
    receiver.answering = () => {
      sandbox.control.setZoomWebhookUrl(other.url);
      return { status: 503 };
    };
    await send();
    expect([receiver.received.length, other.received.length]).toEqual([1, 1]);
    await other.stop();
  });

  it('delivers copies with one request id', async () => {
    sandbox.control.configure({ webhookCopies: 3 });
    await send();
    expect(receiver.received).toHaveLength(3);
    expect(new Set(header('x-zm-request-id')).size).toBe(1);
    expect(statuses()).toEqual([
      ['delivered', 204],
      ['delivered', 204],
      ['delivered', 204],
    ]);
  });

  it('holds events and releases them in another order, which is the same each time', async () => {
    const shuffle = async (): Promise<unknown[]> => {
      receiver.clear();
      receiver.delayMs = 5;
      sandbox.control.configure({ webhookShuffle: true });
      for (const event of ['a', 'b', 'c', 'd', 'e', 'f']) sandbox.control.sendZoomEvent(event, {});
      await sandbox.control.webhooksIdle();
      expect(receiver.received).toEqual([]);
      expect(sandbox.control.webhooks().filter(({ state }) => state === 'held')).toHaveLength(6);
      sandbox.control.releaseWebhooks();
      await sandbox.control.webhooksIdle();
      // Else the order of their arrival would be left to chance.
      expect(receiver.mostAtOnce).toBe(1);
      return receiver.received.map(({ body }) => body['event']);
    };
    const [first, second] = [await shuffle(), await shuffle()];
    expect([...first].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(first).not.toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(second).toEqual(first);
  });

  it('never releases two events in the order in which they came', async () => {
    sandbox.control.configure({ webhookShuffle: true });
    for (const event of ['a', 'b']) sandbox.control.sendZoomEvent(event, {});
    sandbox.control.releaseWebhooks();
    await sandbox.control.webhooksIdle();
    expect(receiver.received.map(({ body }) => body['event'])).toEqual(['b', 'a']);
  });

  it('drops what is under way on reset, and keeps the address', async () => {
    sandbox.control.configure({ webhookMinuteMs: 60_000 });
    receiver.answers(500);
    sandbox.control.sendZoomEvent('user.deleted', {});
    while (sandbox.control.webhooks()[0]?.attempts.length !== 1) await new Promise((next) => setTimeout(next, 2));
    sandbox.control.reset();
    await sandbox.control.webhooksIdle();
    expect(sandbox.control.webhooks()).toEqual([]);
    receiver.clear();
    await send();
    expect(receiver.received).toHaveLength(1);
  });

  it('ends pending retries at once when it stops', async () => {
    receiver.answers(500);
    const brief = await startSandbox({ port: 0, users: 1, zoomWebhookUrl: receiver.url });
    brief.control.sendZoomEvent('user.deleted', {});
    const idle = brief.control.webhooksIdle();
    while (receiver.received.length === 0) await new Promise((next) => setTimeout(next, 2));
    await brief.stop();
    await idle;
    expect(receiver.received).toHaveLength(1);
  });
});
