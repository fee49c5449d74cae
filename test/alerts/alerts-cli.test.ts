import { randomUUID } from 'node:crypto';
import { runCommandLine } from '../../src/cli/run-command-line';
import { AlertsApp } from './alerts-app';
import { Receiver } from './receiver';

describe('the command line of alerts', () => {
  let app: AlertsApp;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await Receiver.start();
    app = await AlertsApp.start({
      real: true,
      env: { ALERT_WEBHOOK_URL: receiver.url, ALERT_WEBHOOK_SECRET: 'operator-secret' },
    });
  });
  afterAll(async () => {
    await app.stop();
    await receiver.stop();
  });

  async function call(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const exitCode = await runCommandLine(['alerts', ...args], {
      env: app.env,
      print: (text) => void out.push(text),
      tell: (text) => void err.push(text),
    });
    return { exitCode, out: out.join('\n'), err: err.join('\n') };
  }
  async function json(command: string, ...args: string[]): Promise<Record<string, unknown>> {
    const run = await call(command, '--connector', app.connectorId, ...args, '--json');
    expect(run).toMatchObject({ exitCode: 0, err: '' });
    return JSON.parse(run.out) as Record<string, unknown>;
  }

  it('shows and changes the settings', async () => {
    const plain = { language: null, emails: [], defaultLanguage: 'en', emailEnabled: false, webhooks: [] };
    expect(await json('settings')).toEqual(plain);
    const changed = await json('settings', '--language', 'de', '--email', 'a@b.c', '--email', 'ö@b.c');
    expect(changed).toMatchObject({ language: 'de', emails: ['a@b.c', 'ö@b.c'] });
    expect(await json('settings', '--language', 'default')).toMatchObject({
      language: null,
      emails: ['a@b.c', 'ö@b.c'],
    });
    const text = await call('settings', '--connector', app.connectorId);
    expect(text.out).toContain('emails    a@b.c, ö@b.c (SMTP_URL is not set: nothing is mailed)');
    expect(await json('settings', '--no-emails')).toEqual(plain);
    const { rows } = await app.database.query(
      `select actor_kind, actor_id from audit_events where action = 'alert_settings.changed'`,
    );
    expect(rows).toEqual(Array(3).fill({ actor_kind: 'admin', actor_id: expect.stringMatching(/^cli:./) }));
  });

  it('adds a webhook, prints the secret once, and removes it', async () => {
    const added = await json('add-webhook', '--url', 'https://93.184.215.14/a');
    expect(added['secret']).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const settings = JSON.stringify(await json('settings'));
    expect(settings).toContain('https://93.184.215.14/a');
    expect(settings).not.toContain(added['secret']);
    expect(await json('remove-webhook', '--webhook', String(added['id']))).toEqual({ id: added['id'], removed: true });
    const text = await call('add-webhook', '--connector', app.connectorId, '--url', 'https://93.184.215.14/b');
    expect(text.out).toMatch(/secret {3}[A-Za-z0-9_-]{43}\nThe secret is shown this once\.$/);
    await app.database.query('delete from alert_webhooks');
  });

  it('lists alerts and dead letters, and sends one of them once more', async () => {
    receiver.answers.push(...Array<number>(9).fill(500));
    await app.raise({ kind: 'grant.dead', provider: 'zoom', reason: 'invalid_grant' });
    await app.settled();
    const { items } = (await json('dead-letters')) as { items: { id: string }[] };
    expect(items).toMatchObject([{ channel: 'webhook', destination: 'operator', attempts: 9, lastError: 'HTTP 500' }]);
    expect((await call('list', '--connector', app.connectorId)).out).toMatch(
      /grant\.dead {2}zoom.*invalid_grant.*webhook dead/,
    );
    expect(await json('retry', '--delivery', String(items[0]?.id))).toEqual({ id: items[0]?.id, state: 'pending' });
    expect(await app.settled()).toMatchObject([{ state: 'delivered', attempts: 10, last_error: null }]);
    expect(receiver.received.at(-1)?.headers['x-zcc-request-id']).toBe(items[0]?.id);
    expect(await json('dead-letters')).toEqual({ items: [] });
    expect(await json('list')).toMatchObject({ items: [{ kind: 'grant.dead', deliveries: [{ state: 'delivered' }] }] });
    expect((await call('dead-letters', '--connector', app.connectorId)).out).toBe('Everything has arrived.');
  });

  it.each<[string, string[], number, string]>([
    ['an unknown connector', ['list', '--connector', randomUUID()], 1, 'not_found'],
    ['an unknown connector of settings', ['settings', '--connector', randomUUID(), '--no-emails'], 1, 'not_found'],
    [
      'an unknown connector of a webhook',
      ['add-webhook', '--connector', randomUUID(), '--url', 'https://93.184.215.14'],
      1,
      'not_found',
    ],
    ['a wrong language', ['settings', '--connector', '@', '--language', 'fr'], 2, 'usage'],
    ['addresses and none', ['settings', '--connector', '@', '--email', 'a@b.c', '--no-emails'], 2, 'usage'],
    ['a wrong address', ['settings', '--connector', '@', '--email', 'x'], 1, 'invalid_request'],
    ['a private address', ['add-webhook', '--connector', '@', '--url', 'https://192.168.0.1/'], 1, 'invalid_request'],
    ['an unknown webhook', ['remove-webhook', '--connector', '@', '--webhook', randomUUID()], 1, 'not_found'],
    ['a webhook that is no id', ['remove-webhook', '--connector', '@', '--webhook', 'x'], 2, 'usage'],
    ['an unknown delivery', ['retry', '--connector', '@', '--delivery', randomUUID()], 1, 'not_found'],
  ])('refuses %s', async (_, args, exitCode, code) => {
    const given = args.map((arg) => (arg === '@' ? app.connectorId : arg));
    const run = await call(...given, '--json');
    expect(run).toMatchObject({ exitCode, out: '' });
    expect(JSON.parse(run.err)).toMatchObject({ code });
  });
});
