import { AlertWebhooks } from '../../src/alerts/settings/alert-webhooks';
import { DeliveryRepository } from '../../src/alerts/delivery/delivery.repository';
import { removeOldAlerts } from '../../src/alerts/remove-old-alerts';
import { AlertsApp } from './alerts-app';
import { MailServer, SMTP_PASSWORD } from './mail-server';
import { Receiver } from './receiver';

const OPERATOR_SECRET = 'operator-secret-8842';
const SECRET_PATH = 'path-that-lets-post-3377';
const JOB = { jobId: '1', signal: new AbortController().signal, attempt: 1, isLastAttempt: false };

describe('what alerts leave behind', () => {
  let receiver: Receiver;
  let mail: MailServer;
  let app: AlertsApp;

  beforeEach(async () => {
    receiver = await Receiver.start();
    mail = await MailServer.start();
    app = await AlertsApp.start({
      env: {
        ALERT_WEBHOOK_URL: `${receiver.url}/${SECRET_PATH}`,
        ALERT_WEBHOOK_SECRET: OPERATOR_SECRET,
        SMTP_URL: mail.url,
        ALERT_EMAILS: 'ops@example.com',
      },
    });
  });
  afterEach(async () => {
    await app.stop();
    await Promise.all([receiver.stop(), mail.stop()]);
  });

  /** Every cell of our tables and the queue's; bytes as Latin-1, so that a secret stored as bytes shows too. */
  async function dump(): Promise<string> {
    const { rows: tables } = await app.database.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await app.database.query<Record<string, unknown>>(`select * from ${name}`);
      for (const value of rows.flatMap((row) => Object.values(row)))
        parts.push(Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value));
    }
    return parts.join('\n');
  }

  it('has no secret in clear: neither log nor tables nor lists', async () => {
    const by = { actorKind: 'admin', actorId: 'test' } as const;
    const { secret } = await app.app
      .get(AlertWebhooks)
      .add(app.connectorId, `${receiver.url}/customer-${SECRET_PATH}`, by);
    receiver.answers.push(500, 500);
    mail.refusals.set('ops@example.com', [451]);
    await app.raise({ kind: 'connector.reauthorization_required', provider: 'zoom', reason: 'invalid_grant' });
    await app.settled();
    await receiver.stop();
    await app.raise({ kind: 'grant.at_risk', provider: 'zoom' });
    await app.hurried('a try without receiver', async () =>
      (await app.deliveries()).some((row) => row['last_error'] === 'ECONNREFUSED') ? true : undefined,
    );
    const headers = { authorization: `Bearer ${await app.token()}` };
    const lists = await Promise.all(
      ['alerts', 'alert-settings', 'alert-webhooks'].map(async (path) =>
        (await fetch(`${app.url}/v1/connectors/${app.connectorId}/${path}`, { headers })).text(),
      ),
    );
    const tables = await dump();
    for (const word of [secret, OPERATOR_SECRET, SMTP_PASSWORD]) {
      expect(app.log()).not.toContain(word);
      expect(tables).not.toContain(word);
      expect(lists.join()).not.toContain(word);
    }
    // Where it may be read on purpose, it is: the search can find.
    expect(tables).toContain(SECRET_PATH);
    expect(lists.join()).toContain(SECRET_PATH);
    expect(app.log()).not.toContain(SECRET_PATH);
    expect(app.log()).toContain('An alert has not arrived. (webhook: ECONNREFUSED)');
    // A link is for its reader alone.
    // The link that mends it stands in the one ERROR line that asks for it, and nowhere else.
    const others = app
      .log()
      .split('\n')
      .filter((line) => !line.includes('"alert":"connector.reauthorization_required"'));
    expect(others.join('\n') + tables).not.toContain('/reauthorize?');
  });

  it('goes after 90 days, with its deliveries', async () => {
    await app.raise({ kind: 'connector.recovered' });
    await app.raise({ kind: 'connector.disconnected' });
    await app.settled();
    await app.database.query(`update alerts set at = '2026-01-01T00:00:00Z' where kind = 'connector.recovered'`);
    await app.database.query(`update alerts set at = '2026-01-01T02:00:00Z' where kind = 'connector.disconnected'`);
    const run = (time: string): Promise<void> =>
      removeOldAlerts(app.app.get(DeliveryRepository), { now: () => new Date(time) })({}, JOB);
    const left = async (): Promise<unknown[]> =>
      (await app.database.query<{ kind: string }>('select kind from alerts order by kind')).rows.map((row) => row.kind);
    await run('2026-04-01T01:16:00Z');
    expect(await left()).toHaveLength(2);
    await run('2026-04-01T01:17:00Z');
    expect(await left()).toEqual(['connector.disconnected']);
    expect(new Set((await app.deliveries()).map((row) => row['alert_id'])).size).toBe(1);
  });
});
