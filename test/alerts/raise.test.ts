import { AlertSettings } from '../../src/alerts/settings/alert-settings';
import { Alerts } from '../../src/alerts/alerts';
import { AlertsApp } from './alerts-app';
import { MailServer } from './mail-server';
import { Receiver } from './receiver';

const BY = { actorKind: 'admin', actorId: 'test' } as const;

describe('raising an alert', () => {
  let receiver: Receiver;
  let mail: MailServer;
  let app: AlertsApp;
  let other: AlertsApp | undefined;

  beforeEach(async () => {
    receiver = await Receiver.start();
    mail = await MailServer.start();
    app = await AlertsApp.start({
      env: {
        ALERT_WEBHOOK_URL: receiver.url,
        ALERT_WEBHOOK_SECRET: 's',
        SMTP_URL: mail.url,
        ALERT_EMAILS: 'ops@example.com, Both@example.com',
      },
    });
    await app.app
      .get(AlertSettings)
      .change(app.connectorId, { emails: ['both@example.com', 'own@example.com', 'OWN@example.com'] }, BY);
  });
  afterEach(async () => {
    await other?.stop();
    other = undefined;
    await app.stop();
    await Promise.all([receiver.stop(), mail.stop()]);
  });

  it('tells nobody, and not the log, when the transaction rolls back', async () => {
    await app.database
      .transaction(async (transaction) => {
        await app.app
          .get(Alerts)
          .raise({ connectorId: app.connectorId, kind: 'grant.dead', provider: 'zoom' }, transaction);
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await app.raise({ kind: 'connector.recovered' });
    await app.settled();
    expect(app.logged('a grant is dead')).toEqual([]);
    expect(receiver.received.map(({ body }) => body['kind'])).toEqual(['connector.recovered']);
    expect(new Set(mail.mails.map(({ headers }) => headers['subject']))).toEqual(
      new Set(['The connector works again – Büro Zürich']),
    );
  });

  it('tells each place and the log once, with two processes at work', async () => {
    const second = (other = await AlertsApp.start({ beside: app }));
    const alert = { kind: 'connector.reauthorization_required', provider: 'zoom', reason: 'invalid_grant' } as const;
    const both = [app, second];
    await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? app : second).raise(alert)));
    const rows = await app.settled();
    expect(rows).toHaveLength(40);
    expect(rows.every((row) => row['state'] === 'delivered' && row['attempts'] === 1)).toBe(true);
    const requestIds = receiver.received.map(({ headers }) => headers['x-zcc-request-id']);
    expect([requestIds.length, new Set(requestIds).size]).toEqual([10, 10]);
    const mails = mail.mails.map(({ headers }) => headers['message-id']);
    expect([mails.length, new Set(mails).size]).toEqual([30, 30]);
    expect(mail.mails.map(({ to }) => to.toLowerCase()).sort()).toEqual([
      ...Array<string>(10).fill('both@example.com'),
      ...Array<string>(10).fill('ops@example.com'),
      ...Array<string>(10).fill('own@example.com'),
    ]);
    const lines = await app.hurried('all lines', () => {
      const found = both.flatMap((one) => one.logged('an admin must authorise again'));
      return found.length >= 10 ? found : undefined;
    });
    expect([lines.length, new Set(lines.map((line) => line['alertId'])).size]).toEqual([10, 10]);
    expect(lines[0]).toMatchObject({
      level: 'error',
      alert: 'connector.reauthorization_required',
      connectorId: app.connectorId,
      provider: 'zoom',
      reason: 'invalid_grant',
    });
  });

  it('is WARN in the log for a grant, INFO for good news, and goes with the connector', async () => {
    for (const kind of ['grant.at_risk', 'grant.dead', 'grant.switched', 'connector.disconnected'] as const) {
      await app.raise({ kind, provider: 'zoom' });
    }
    await app.settled();
    const levels = ['a grant is at risk', 'a grant is dead', 'another admin’s grant has taken over'];
    for (const message of levels) {
      expect(await app.hurried(message, () => app.logged(message)[0])).toMatchObject({ level: 'warn' });
    }
    const last = await app.hurried('the line', () => app.logged('the connector is disconnected')[0]);
    expect(last).toMatchObject({ level: 'info' });
    await app.database.query('delete from connectors where connector_id = $1', [app.connectorId]);
    expect(await app.deliveries()).toEqual([]);
  });
});
