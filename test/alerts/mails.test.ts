import { AlertSettings } from '../../src/alerts/settings/alert-settings';
import { AlertsApp } from './alerts-app';
import { MailServer, SMTP_PASSWORD } from './mail-server';

const BY = { actorKind: 'admin', actorId: 'test' } as const;

describe('alerts by mail', () => {
  let mail: MailServer;
  let app: AlertsApp;

  beforeEach(async () => {
    mail = await MailServer.start();
    app = await AlertsApp.start({
      env: { SMTP_URL: mail.url, ALERT_FROM: 'connector@telefonie.example', ALERT_EMAILS: 'ops@example.com' },
    });
  });
  afterEach(async () => {
    await app.stop();
    await mail.stop();
  });

  const link = (): string => `https://host.example/oauth/zoom/reauthorize?c=${app.connectorId}&t=a%2Bb`;

  it('speak the language of the connector, say who, since when and what to do, and carry the link', async () => {
    await app.app.get(AlertSettings).change(app.connectorId, { language: 'de' }, BY);
    const grantId = await app.addGrant('dead', 'jörg@example.com');
    await app.raise({ kind: 'connector.reauthorization_required', provider: 'zoom', grantId, reason: 'user_left' });
    const [delivery] = await app.settled();
    expect(delivery).toMatchObject({ channel: 'email', destination: 'ops@example.com', state: 'delivered' });
    const [german] = mail.to('ops@example.com');
    expect(german?.headers).toMatchObject({
      subject: 'Ein Administrator muss bei Zoom neu autorisieren – Büro Zürich',
      from: 'Zoom CloudLink Connector <connector@telefonie.example>',
      to: 'ops@example.com',
      'message-id': `<${String(delivery?.['delivery_id'])}@telefonie.example>`,
      'auto-submitted': 'auto-generated',
    });
    const year = new Date().getUTCFullYear();
    for (const words of [
      'jörg@example.com gehört nicht mehr zum Konto.',
      'Die Benutzer behalten ihre letzten Zugangsdaten und können weiter telefonieren; nur der Abgleich pausiert.',
      'Öffnen Sie den Link',
      `Neu autorisieren: ${link()}`,
      'Der Link gilt bis 1. Dezember 2026 um 10:30 UTC.',
      'Autorisiert von: jörg@example.com (Owner)',
      `Zoom-Konto: zoom-${app.connectorId}`,
    ]) {
      expect(german?.text).toContain(words);
    }
    expect(german?.text).toMatch(new RegExp(`Seit: \\d{1,2}\\. \\S+ ${year} um \\d\\d:\\d\\d UTC`));
    expect(german?.html).toContain(`<a href="${link().replaceAll('&', '&amp;')}">Neu autorisieren</a>`);
    expect(german?.html).toContain('gehört nicht mehr zum Konto');
  });

  it('speak the default language otherwise, and show a name as text, never as HTML or as a header', async () => {
    await app.database.query('update connectors set name = $1', ['<b>Müller</b>\r\nBcc: thief@example.com']);
    await app.raise({ kind: 'grant.at_risk', provider: 'zoom', reason: 'role_missing' });
    await app.settled();
    const [english] = mail.to('ops@example.com');
    expect(english?.headers['subject']).toMatch(/^The authorisation at Zoom is at risk – <b>Müller<\/b>/);
    expect(english?.headers['bcc']).toBeUndefined();
    expect(mail.to('thief@example.com')).toEqual([]);
    expect(english?.text).toContain('The admin no longer holds the required role.');
    expect(english?.text).toContain(`Authorise again: ${link()}`);
    expect(english?.html).toContain('&lt;b&gt;Müller&lt;/b&gt;');
    expect(english?.html).not.toContain('<b>');
  });

  it('are given up at once when the server refuses the recipient for good, and tried again when it does so for now', async () => {
    await app.app.get(AlertSettings).change(app.connectorId, { emails: ['gone@example.com', 'later@example.com'] }, BY);
    mail.refusals.set('gone@example.com', [550, 550]);
    mail.refusals.set('later@example.com', [451]);
    await app.raise({ kind: 'connector.recovered' });
    const rows = await app.settled();
    expect(rows.map((row) => [row['destination'], row['state'], row['attempts'], row['last_error']])).toEqual([
      ['gone@example.com', 'dead', 1, 'SMTP 550'],
      ['later@example.com', 'delivered', 2, null],
      ['ops@example.com', 'delivered', 1, null],
    ]);
    expect(mail.asked.filter((address) => address === 'gone@example.com')).toHaveLength(1);
    expect(app.logged('alert could not be delivered')).toMatchObject([{ level: 'warn', reason: 'SMTP 550' }]);
    expect(app.log()).not.toContain('secret-of-the-server');
  });

  it('wait for a server that is away, and tell the password to nobody', async () => {
    await mail.stop();
    await app.raise({ kind: 'connector.recovered' });
    const failed = await app.hurried('the first try', async () =>
      (await app.deliveries()).find((row) => row['last_error']),
    );
    expect(failed).toMatchObject({ state: 'pending', last_error: expect.stringMatching(/^E[A-Z]+$/) });
    // The queue notes it after the delivery has.
    const rows = await app.hurried('the words of the queue', async () => {
      const found = await app.database.query<{ last_error: string }>(
        'select last_error from graphile_worker.jobs where last_error is not null',
      );
      return found.rows.length > 0 ? found.rows : undefined;
    });
    expect(rows.map((row) => row.last_error).join()).toContain('An alert has not arrived.');
    expect(JSON.stringify(rows)).not.toContain(SMTP_PASSWORD);
    expect(app.log()).not.toContain(SMTP_PASSWORD);
  });

  it('wait for a login that the operator has to mend', async () => {
    const wrong = await AlertsApp.start({
      env: { SMTP_URL: mail.url.replace(SMTP_PASSWORD, 'wrong-pass-word'), ALERT_EMAILS: 'ops@example.com' },
    });
    try {
      await wrong.raise({ kind: 'connector.recovered' });
      const failed = await wrong.hurried('the first try', async () =>
        (await wrong.deliveries()).find((row) => row['last_error']),
      );
      expect(failed).toMatchObject({ state: 'pending', last_error: 'SMTP 535' });
      expect(wrong.log()).not.toContain('wrong-pass-word');
    } finally {
      await wrong.stop();
    }
  });
});
