import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Browser, Locator, Page } from 'playwright-core';
import { endedRun, startProgram, type Program } from '../support/program';
import { accessibilityFaults, describeInBrowser, launchBrowser, openContext } from './browser';
import { signInAs } from './sandbox-person';

describeInBrowser('settings and audit', () => {
  let browser: Browser;
  let program: Program;
  let connectorId: string;
  let token: string;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    program = await startProgram({ users: 20 });
    await program.connect();
    [connectorId = ''] = await program.connectorIds();
    await endedRun(program, connectorId);
    token = await program.token(connectorId);
    ({ page, errors } = await openContext(browser));
    await signInAs(page, program.url, 'one.owner');
    await page.locator('nav').waitFor({ state: 'attached' });
    // The emulated provider has no icon, and the console asks who is signed in before anybody is.
    errors.length = 0;
  });

  afterAll(async () => {
    await browser.close();
    await program.stop();
  });
  const go = async (hash: string): Promise<unknown> => page.goto(`${program.url}/${hash}`);

  beforeEach(async () => {
    await go('#/settings');
    await page.reload();
    await group('Name').getByLabel('Name of the connector').waitFor();
  });
  afterEach(() => {
    // Refusals are part of the tests: the browser notes each 400 by itself.
    expect(errors.filter((error) => !error.includes('status of 400'))).toEqual([]);
  });

  const group = (title: string): Locator => page.getByRole('region', { name: title, exact: true });
  const button = (within: Locator | Page, name: string): Locator => within.getByRole('button', { name, exact: true });
  const dialog = (): Locator => page.getByRole('dialog');
  const saved = (title: string): Promise<void> => group(title).getByText('Saved.').waitFor();
  const stored = async (path: string): Promise<Record<string, unknown>> =>
    (await program.get(`/v1/connectors/${connectorId}${path}`, token)).body;

  it('changes the name, says so, and shows who changed it, there and in the audit', async () => {
    const name = group('Name');
    await name.getByLabel('Name of the connector').fill('Zürich');
    await button(name, 'Save').click();
    await saved('Name');
    expect(await stored('/settings')).toMatchObject({ name: 'Zürich' });
    await name.getByText(/^Last changed by .+, now\./).waitFor();
    await name.getByRole('link', { name: 'All changes' }).click();
    const entry = page.getByRole('listitem').filter({ hasText: 'Settings of the connector changed' });
    await entry.getByText('Details').click();
    await entry.getByText('(empty) → Zürich').waitFor();
    expect(await page.getByLabel('What was done').inputValue()).toBe('connector.changed');
  });

  it('has nothing to save where nothing has changed', async () => {
    const mobile = group('Mobile calling');
    await button(mobile, 'Save').click();
    await mobile.getByText('Nothing has changed.').waitFor();
  });

  it('says what a change of membership means before it makes it', async () => {
    const membership = group('Who is integrated');
    await membership.getByLabel('Only those who were added').check();
    await button(membership, 'Save').click();
    await dialog().getByText('removes them with their SIP credentials', { exact: false }).waitFor();
    await button(dialog(), 'Cancel').click();
    expect(await stored('/settings')).toMatchObject({ membership: 'automatic' });
    await button(membership, 'Save').click();
    await button(dialog(), 'Change who is integrated').click();
    await saved('Who is integrated');
    expect(await stored('/settings')).toMatchObject({ membership: 'chosen' });
    await membership.getByLabel('Everybody whom both sides know').check();
    await button(membership, 'Save').click();
    await button(dialog(), 'Change who is integrated').click();
    await saved('Who is integrated');
  });

  it('switches mobile calling off only after asking back', async () => {
    const mobile = group('Mobile calling');
    await mobile.getByLabel('Mobile apps may register').click();
    await button(mobile, 'Save').click();
    await button(dialog(), 'Switch off').click();
    await saved('Mobile calling');
    expect(await stored('/settings')).toMatchObject({ mobileCalling: false });
  });

  it('takes an interval and a limit of its own, and goes back to the defaults', async () => {
    const sync = group('Sync');
    await sync.getByLabel('Use the default (24 hours)').uncheck();
    await sync.getByLabel('Time between two syncs').fill('1');
    await sync.getByLabel('Unit').selectOption('minutes');
    await button(sync, 'Save').click();
    await sync.getByText('Must be from 5 minutes to 24 hours').waitFor();
    expect(await stored('/settings')).toMatchObject({ syncIntervalSeconds: null });
    await hasFocus(sync.getByLabel('Time between two syncs'));
    await sync.getByLabel('Time between two syncs').fill('90');
    await sync.getByLabel('Use the default (5 %)').uncheck();
    await sync.getByLabel('Removal limit in percent').fill('12');
    await button(sync, 'Save').click();
    await saved('Sync');
    expect(await stored('/settings')).toMatchObject({ syncIntervalSeconds: 5_400, removalLimitPercent: 12 });
    await sync.getByLabel('Use the default (24 hours)').check();
    await sync.getByLabel('Use the default (5 %)').check();
    await button(sync, 'Save').click();
    await saved('Sync');
    expect(await stored('/settings')).toMatchObject({ syncIntervalSeconds: null, removalLimitPercent: null });
  });

  /** Waits until the focus is there. */
  const hasFocus = (element: Locator): Promise<void> => element.and(page.locator(':focus')).waitFor();

  it('names the network that is wrong, keeps what was typed, and stores it once it is right', async () => {
    const networks = group('Onsite networks');
    await button(networks, 'Add a network').click();
    await hasFocus(networks.getByLabel('Network 1', { exact: true }));
    await page.keyboard.type('192.0.2.0/24');
    await button(networks, 'Add a network').click();
    await networks.getByLabel('Network 2', { exact: true }).fill('10.20.1.0/16');
    await networks.getByLabel('Site of network 2').fill('Munich');
    await button(networks, 'Save').click();
    await networks.getByText('10.20.0.0/16 is the network').waitFor();
    await networks.getByText('Nothing was saved').waitFor();
    await hasFocus(networks.getByLabel('Network 2', { exact: true }));
    expect(await stored('/networks')).toEqual({ items: [] });
    await networks.getByLabel('Network 2', { exact: true }).fill('10.20.0.0/16');
    await button(networks, 'Save').click();
    await saved('Onsite networks');
    expect(await stored('/networks')).toEqual({
      items: [
        { cidr: '192.0.2.0/24', site: '' },
        { cidr: '10.20.0.0/16', site: 'Munich' },
      ],
    });
    await button(networks, 'Remove network 1').click();
    await hasFocus(button(networks, 'Remove network 1'));
    await button(networks, 'Save').click();
    await saved('Onsite networks');
    expect(await stored('/networks')).toEqual({ items: [{ cidr: '10.20.0.0/16', site: 'Munich' }] });
  });

  it('asks nobody who discards and leaves, however quickly', async () => {
    const name = group('Name');
    await name.getByLabel('Name of the connector').fill('Genf');
    await button(name, 'Discard changes').focus();
    // As soon as what belongs to the click is done, before the browser draws or does anything else.
    await page.evaluate(`(async () => {
      document.activeElement.click();
      for (let n = 0; n < 5; n += 1) await undefined;
      history.replaceState(null, '', '#/audit');
      dispatchEvent(new PopStateEvent('popstate'));
      dispatchEvent(new HashChangeEvent('hashchange'));
    })()`);
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
    expect(await dialog().count()).toBe(0);
  });

  it('warns before it is left with something unsaved, by a link, by Back and by closing', async () => {
    await go('#/audit');
    await go('#/settings');
    await group('Name').getByLabel('Name of the connector').fill('half typed');
    await page.getByRole('link', { name: 'Audit', exact: true }).click();
    await dialog().getByText('These changes are not saved yet: Name.').waitFor();
    await button(dialog(), 'Stay here').click();
    await page.goBack();
    await button(dialog(), 'Stay here').click();
    expect(page.url()).toMatch(/#\/settings$/);
    expect(await group('Name').getByLabel('Name of the connector').inputValue()).toBe('half typed');
    const asked = page.waitForEvent('dialog').then((leaving) => leaving.dismiss());
    await Promise.all([asked, page.close({ runBeforeUnload: true })]);
    expect(page.isClosed()).toBe(false);
    await page.getByRole('link', { name: 'Audit', exact: true }).click();
    await button(dialog(), 'Leave without saving').click();
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
    await go('#/settings');
    await button(group('Name'), 'Save').waitFor();
    expect(await group('Name').getByLabel('Name of the connector').inputValue()).not.toBe('half typed');
    await page.getByRole('link', { name: 'Audit', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  });

  it('keeps the addresses for alerts and names the one that is none', async () => {
    const alerts = group('Alerts by mail');
    await button(alerts, 'Add an address').click();
    await page.keyboard.type('phones');
    await alerts.getByLabel('Language of the mails').selectOption('de');
    await button(alerts, 'Save').click();
    await alerts.getByText('Must be an email address such as phones@example.com').waitFor();
    await alerts.getByLabel('Address 1', { exact: true }).fill('phones@nordwind.example');
    await button(alerts, 'Save').click();
    await saved('Alerts by mail');
    expect(await stored('/alert-settings')).toMatchObject({ emails: ['phones@nordwind.example'], language: 'de' });
  });

  it('shows the secret of a webhook once, and removes the webhook again', async () => {
    const webhooks = group('Alerts by webhook');
    await webhooks.getByLabel('URL').fill('ftp://192.0.100.7/hook');
    await button(webhooks, 'Add the webhook').click();
    await webhooks.getByText('Must start with https://').waitFor();
    await webhooks.getByLabel('URL').fill('https://192.0.100.7/hook');
    await button(webhooks, 'Add the webhook').click();
    expect(await dialog().getByLabel('Secret').inputValue()).toMatch(/^[\w-]{43}$/);
    await button(dialog(), 'I have kept it').click();
    await webhooks.getByRole('listitem').getByText('https://192.0.100.7/hook').waitFor();
    await button(webhooks, 'Remove https://192.0.100.7/hook').click();
    await button(dialog(), 'Remove').click();
    await webhooks.getByText('Removed.').waitFor();
    expect(await stored('/alert-webhooks')).toEqual({ items: [] });
  });

  it('shows the secret of the last webhook for which there is room, too', async () => {
    const path = `/v1/connectors/${connectorId}/alert-webhooks`;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    for (let n = 1; n < 10; n += 1) {
      const body = JSON.stringify({ url: `https://192.0.100.7/hook/${n}` });
      expect((await fetch(`${program.url}${path}`, { method: 'POST', headers, body })).status).toBe(201);
    }
    await page.reload();
    const webhooks = group('Alerts by webhook');
    await webhooks.getByText('https://192.0.100.7/hook/9').waitFor();
    await webhooks.getByLabel('URL').fill('https://192.0.100.7/hook/10');
    await button(webhooks, 'Add the webhook').click();
    await webhooks.getByText('https://192.0.100.7/hook/10').waitFor();
    await webhooks.getByLabel('URL').waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('Secret').inputValue()).toMatch(/^[\w-]{43}$/);
    await button(dialog(), 'I have kept it').click();
    await dialog().waitFor({ state: 'detached' });
    await program.database.query('delete from alert_webhooks');
  });

  it('asks before it makes a push token as long as it does not know whether there is one', async () => {
    await page.route(/audit\?action=push_token/, () => new Promise(() => undefined));
    await page.reload();
    const push = group('Push token for the SBC');
    await button(push, 'Make a new token').click();
    await button(dialog(), 'Cancel').click();
    await dialog().waitFor({ state: 'detached' });
    expect((await program.database.query('select from push_tokens')).rowCount).toBe(0);
    await page.unroute(/audit\?action=push_token/);
  });

  it('makes a push token, asks before another one, and revokes it', async () => {
    const push = group('Push token for the SBC');
    await push.getByText('There is none').waitFor();
    await button(push, 'Make a new token').click();
    const first = await dialog().getByLabel('Push token').inputValue();
    await button(dialog(), 'I have kept it').click();
    await push.getByText('There is one since now.').waitFor();
    await button(push, 'Make a new token').click();
    await button(dialog(), 'Make a new token').click();
    await dialog().getByText('The one before is taken until', { exact: false }).waitFor();
    expect(await dialog().getByLabel('Push token').inputValue()).not.toBe(first);
    await button(dialog(), 'I have kept it').click();
    await button(push, 'Revoke').click();
    await button(dialog(), 'Revoke').click();
    await push.getByText('The token is revoked.').waitFor();
    expect((await program.database.query('select from push_tokens')).rowCount).toBe(0);
  });

  it('says what is wrong with a file of authorities, trusts a good one, and goes back to the public ones', async () => {
    const authorities = group('Certificate authorities');
    // Some of those that Node comes with have run out.
    const [first = '', second = ''] = rootCertificates.filter(
      (pem) => Date.parse(new X509Certificate(pem).validTo) > Date.now() + 100 * 86_400_000,
    );
    const choose = (text: string): Promise<void> =>
      authorities
        .locator('input[type="file"]')
        .setInputFiles({ name: 'ca.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(text) });
    await choose('no certificate');
    await authorities.getByText('Must hold at least one certificate in PEM form.').waitFor();
    await choose(first);
    await authorities.getByText('Saved.').waitFor();
    await authorities
      .getByRole('listitem')
      .getByText(/ days left$/)
      .waitFor();
    await choose(second);
    await button(dialog(), 'Replace').click();
    await authorities.getByText('Saved.').waitFor();
    await button(authorities, 'Trust the public ones only').click();
    await button(dialog(), 'Trust the public ones only').click();
    await authorities.getByText('Only the public authorities are trusted now.').waitFor();
    expect(await stored('/authorities')).toEqual({ certificates: [] });
  });

  it('has the registrars of all users checked in turn', async () => {
    const sweep = group('Registrar checks');
    await sweep.getByLabel('Check all users in turn').click();
    await sweep.getByLabel('Users a minute').fill('0');
    await button(sweep, 'Save').click();
    await sweep.getByText('Must not be less than 1').waitFor();
    await sweep.getByLabel('Users a minute').fill('3');
    await button(sweep, 'Save').click();
    await saved('Registrar checks');
    expect(await stored('/registrar-sweep')).toMatchObject({ enabled: true, perMinute: 3 });
  });

  it('works at CloudLink by a service client, and by an admin again', async () => {
    const client = group('Service client at CloudLink');
    await button(client, 'Use a service client').click();
    await client.getByText('The service client is in use now.').waitFor();
    await button(client, 'Renew its secret').click();
    await client.getByText('The secret is renewed.').waitFor();
    await button(client, 'Back to an admin').click();
    await button(dialog(), 'Back to an admin').click();
    await client.getByText('An admin’s authorisation is in use now.').waitFor();
  });

  it('saves by keyboard alone', async () => {
    const field = group('Name').getByLabel('Name of the connector');
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (let steps = 0; (await field.and(page.locator(':focus')).count()) === 0; steps++) {
      expect(steps).toBeLessThan(20);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await saved('Name');
    await page.keyboard.press('Tab');
    await hasFocus(button(group('Name'), 'Save'));
    expect(await stored('/settings')).toMatchObject({ name: 'By keyboard' });
  });

  it('shows more of the audit when asked, from where one was, and only what a filter lets through', async () => {
    await program.database.query(
      `insert into audit_events (connector_id, actor_kind, actor_id, action, subject, details, at)
       select $1, 'client', 'zcc_x', 'user.chosen', 'user' || n || '@nordwind.example', '{}', now() - interval '40 days'
       from generate_series(1, 60) n`,
      [connectorId],
    );
    await go('#/audit?action=user.chosen');
    const entries = page.getByRole('list', { name: 'Entries, newest first' }).locator(':scope > li');
    await entries.nth(49).waitFor();
    expect(await entries.count()).toBe(50);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('60 entries shown').waitFor();
    await hasFocus(entries.nth(50));
    await page.getByText('That is all.').waitFor();
    const user = entries.first().getByRole('link', { name: 'Open the user user60@nordwind.example' });
    expect(await user.getAttribute('href')).toBe('#/users/user60%40nordwind.example');
    await page.getByLabel('From').fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
    await page.getByText('No entry fits this filter.').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await entries.first().waitFor();
    expect(page.url()).toMatch(/#\/audit$/);
  });

  it.each([
    ['#/settings', 'Settings'],
    ['#/audit', 'Audit'],
  ])('is accessible, and fits 360 px: %s', async (place, title) => {
    await go(place);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.waitForLoadState('networkidle');
    if (place === '#/audit') await page.locator('summary').first().click();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityFaults(page)).toEqual([]);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('speaks German', async () => {
    await page.getByRole('button', { name: /^EN/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    const networks = group('Standortnetze');
    await button(networks, 'Netz hinzufügen').click();
    await page.keyboard.type('0.0.0.0/0');
    await button(networks, 'Speichern').click();
    await networks.getByText('Darf nicht /0 sein: Das wären alle').waitFor();
    await button(networks, 'Änderungen verwerfen').click();
    await go('#/audit?action=grant.added');
    await page.getByRole('listitem').getByText('Autorisierung erteilt').first().waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/Onsite|Details|changed by/);
    await page.getByRole('button', { name: /^DE/ }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
  });

  it('disconnects only when the name is typed, and ends at the sign-in', async () => {
    const { name } = await stored('/settings');
    await button(group('Disconnect'), 'Disconnect …').click();
    const confirm = button(dialog(), 'Disconnect for good');
    await dialog()
      .getByLabel(`Type “${String(name)}” to confirm`)
      .fill('something');
    expect(await confirm.isDisabled()).toBe(true);
    await dialog()
      .getByLabel(`Type “${String(name)}” to confirm`)
      .fill(String(name));
    await confirm.click();
    await page.getByText('Zoom and CloudLink are disconnected.').waitFor();
    await page.getByRole('link', { name: 'Continue with Zoom' }).waitFor();
    const { rows } = await program.database.query('select state from connectors');
    expect(rows).toEqual([{ state: 'disconnected' }]);
  });
});
