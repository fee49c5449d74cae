import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { walkAuthorise } from '../../sandbox/walkthrough';
import { endedRun, startProgram, until, type Program } from '../support/program';
import { accessibilityFaults, describeInBrowser, launchBrowser, openContext } from './browser';
import { signInAs } from './sandbox-person';

const USERS = 60;

describeInBrowser('the overview', () => {
  let browser: Browser;
  let program: Program;
  let connectorId: string;
  let token: string;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    program = await startProgram({ users: USERS });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    token = await program.token(connectorId);
    await count(-90, 40);
    await count(-85, 41);
    // Between these nobody has counted.
    await count(-10, 44);
    await count(-5, 45);
    // The program counts when a minute begins, which may not happen before these five minutes are over.
    await count(0, 0);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  beforeEach(() => look());
  afterEach(async () => {
    expect(errors).toEqual([]);
    await context.close();
  });

  /** So many were registered so many minutes ago. */
  async function count(minutes: number, registered: number): Promise<void> {
    await program.database.query(
      `insert into status_counts (connector_id, at, pending, inactive, registered, sip_error)
       values ($1, date_bin('5 minutes', now(), 'epoch') + make_interval(mins => $2), 5, 6, $3, 0) on conflict do nothing`,
      [connectorId, minutes, registered],
    );
  }

  async function look(options: Parameters<typeof openContext>[1] = {}): Promise<void> {
    ({ context, page, errors } = await openContext(browser, options));
    await signInAs(page, program.url, 'one.account-admin');
    await page.locator('#syncs').waitFor();
  }

  const stored = async (path = ''): Promise<Record<string, unknown>> =>
    (await program.get(`/v1/connectors/${connectorId}${path}`, token)).body;
  const region = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const newestRun = (): Locator => region('Last syncs').getByRole('listitem').first();
  const syncNow = (): Locator => page.getByRole('button', { name: 'Sync now' });

  test('shows users, both sides, targets and syncs as the API has them, and is fit to be read by everybody', async () => {
    const { users, zoom } = (await stored()) as {
      users: Record<string, number>;
      zoom: { accountId: string };
    };
    for (const [status, words] of [
      ['registered', 'registered'],
      ['inactive', 'inactive'],
      ['pending', 'wait for SIP credentials'],
      ['sip_error', 'SIP error'],
    ] as const)
      expect(await page.locator(`a[href="#/users?status=${status}"]`).first().innerText()).toBe(
        `${users[status]}\n${words}`,
      );
    const side = region('Zoom');
    await side.getByText(`Account ${zoom.accountId}`).waitFor();
    const owner = side.getByRole('listitem').filter({ hasText: 'Olga.Owner@nordwind.example' });
    await owner.getByText('In use').waitFor();
    await owner.getByText(/^Owner · authorised .+ · checked .+$/).waitFor();
    await side.getByText('Nobody stands by', { exact: false }).waitFor();
    const { items } = (await stored('/targets')) as { items: { host: string; usersAffected: number }[] };
    const rows = region('Registration targets').getByRole('listitem');
    await rows.nth(items.length - 1).waitFor();
    expect(await rows.count()).toBe(items.length);
    for (const [place, { host, usersAffected }] of items.entries()) {
      await rows.nth(place).getByText(host, { exact: false }).first().waitFor();
      await rows.nth(place).getByText(`used by ${usersAffected} users`, { exact: false }).waitFor();
    }
    await newestRun()
      .getByText(/^after connecting · \d+ read · \d+ new · took .+$/)
      .waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    const levels = await page
      .locator('h1, h2, h3')
      .evaluateAll((all) => (all as unknown as { tagName: string }[]).map(({ tagName }) => Number(tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [place, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[place - 1] ?? 0) + 1);
  });

  test('fits into 360 pixels, in German', async () => {
    await context.close();
    await look({ locale: 'de-DE', viewport: { width: 360, height: 740 } });
    await page.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
    for (const name of ['Benutzer', 'Diagnose', 'Autorisierungen', 'Registrierungsziele', 'Letzte Abgleiche'])
      await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
    const fits = async (): Promise<true | undefined> =>
      (await page.evaluate<boolean>('document.documentElement.scrollWidth === 360')) || undefined;
    await until('the page to fit into 360 pixels', fits, 5_000);
    const cut = await page
      .locator('main button:visible')
      .evaluateAll((all) =>
        (all as unknown as { scrollWidth: number; clientWidth: number; textContent: string }[])
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
          .map(({ textContent }) => textContent),
      );
    expect(cut).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('draws the users over time with a gap where nobody has counted, and has the same as a table', async () => {
    const line = page.locator('path.recharts-line-curve').first();
    await line.waitFor();
    expect((await line.getAttribute('d'))?.match(/M/g)).toHaveLength(2);
    await page.getByRole('button', { name: 'Show as a table' }).click();
    const rows = page.getByRole('region', { name: 'Over time' }).getByRole('row');
    const figures = (await rows.allInnerTexts()).slice(1).map((row) => row.split('\t')[1]);
    // The program counts as well.
    expect(figures.filter((figure) => figure !== '0')).toEqual(['45', '44', '41', '40']);
    await page.getByText('Week', { exact: true }).click();
    await page.getByRole('button', { name: 'Show as a chart' }).click();
    await line.waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('syncs now, shows how far it is, and what came of it, without a reload', async () => {
    await newestRun().waitFor();
    const before = await region('Last syncs').getByRole('listitem').count();
    program.sandbox.control.setFault({ kind: 'cloudlink.psi', fault: '429', seconds: 4, times: 1 });
    await syncNow().click();
    await newestRun().getByText('Running').waitFor();
    await newestRun().getByRole('progressbar').waitFor({ state: 'attached' });
    await newestRun().getByText('Reading the users of CloudLink', { exact: false }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByText('The sync has ended: Succeeded.').waitFor({ state: 'attached' });
    await newestRun().getByText('Succeeded').waitFor();
    await newestRun()
      .getByText(/^by hand · \d+ read/)
      .waitFor();
    expect(await region('Last syncs').getByRole('listitem').count()).toBe(Math.min(5, before + 1));
    await syncNow().and(page.locator(':enabled')).waitFor();
  });

  test('lists whom a sync could not use', async () => {
    const problems = newestRun().getByRole('button', { name: /^Problems/ });
    await problems.click();
    const dialog = page.getByRole('dialog', { name: 'Users who could not be used' });
    await dialog.getByText('There is no Zoom user with this email.').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await problems.and(page.locator(':focus')).waitFor();
  });

  test('makes a link for a colleague, who then stands by, by keyboard alone', async () => {
    await region('Mitel CloudLink').getByRole('button', { name: 'Add a standby admin' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'A standby admin at Mitel CloudLink' });
    const link = dialog.getByLabel('Link to send');
    await dialog.getByText(/^Valid until .+\. It lets nobody in/).waitFor();
    await link.and(page.locator(':focus')).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Copied' }).waitFor();
    const url = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(url).toBe(await link.inputValue());
    await page.keyboard.press('Escape');
    await region('Mitel CloudLink')
      .getByRole('button', { name: 'Add a standby admin' })
      .and(page.locator(':focus'))
      .waitFor();
    expect((await walkAuthorise({ startUrl: url, cloudlinkPerson: 'one.second-admin' })).status).toBe(200);
    await region('Mitel CloudLink')
      .getByRole('listitem')
      .filter({ hasText: 'dmitri.admin@nordwind.example' })
      .getByText('Stands by')
      .waitFor();
  });

  test('checks a target now and says what was seen', async () => {
    const row = region('Registration targets').getByRole('listitem').first();
    await row.getByRole('button', { name: /^Check now: / }).click();
    await page.getByText(/^\S+ was checked: .+\.$/).waitFor({ state: 'attached' });
    await row.getByText('checked now', { exact: false }).waitFor();
  });

  test('names causes with what to do, and leads to those who are hit', async () => {
    const item = region('Diagnosis')
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'CloudLink has not handed over a SIP credential yet' }) });
    const { users } = (await stored()) as { users: Record<string, number> };
    await item.getByText(`${users['pending']} users hit`, { exact: false }).waitFor();
    await item.getByText('What to do: Authorise the users for Zoom in CloudLink', { exact: false }).waitFor();
    await item.getByRole('link', { name: 'All users who wait' }).click();
    await page.getByRole('heading', { level: 1, name: 'Integrated users' }).waitFor();
    expect(page.url()).toMatch(/#\/users\?status=pending$/);
  });

  test('asks who is to be removed when too many are missing, and removes them only after asking back', async () => {
    program.sandbox.control.keepFirst(1, 20);
    await syncNow().click();
    await page.getByText('The sync has ended: Succeeded.').waitFor({ state: 'attached' });
    await syncNow().and(page.locator(':enabled')).click();
    const state = region('State of the connector');
    await state.getByText(/^The last sync did not find \d+ users and has removed nobody/).waitFor();
    await state.getByRole('button', { name: 'See what would be removed' }).click();
    await page.getByRole('heading', { name: 'Last syncs' }).and(page.locator(':focus')).waitFor();
    const open = newestRun().getByRole('button', { name: /^Remove \d+ users …$/ });
    await open.click();
    const dialog = page.getByRole('dialog', { name: 'Remove users?' });
    await dialog.getByText('If you approve it, they are removed', { exact: false }).waitFor();
    await dialog.getByText('Among them:').waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(10);
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Leave everything as it is' }).click();
    await open.and(page.locator(':focus')).waitFor();
    expect((await stored())['users']).toMatchObject({ removed: 0 });
    await open.click();
    await dialog.getByRole('button', { name: /^Remove \d+ users$/ }).click();
    await page.getByRole('heading', { name: 'Last syncs' }).and(page.locator(':focus')).waitFor();
    await newestRun()
      .getByText(/ · \d+ removed/)
      .waitFor();
    const { users } = (await stored()) as { users: Record<string, number> };
    expect(users['removed']).toBeGreaterThan(10);
    await page
      .locator('a[href="#/users?status=inactive"]')
      .filter({ hasText: `${users['inactive']}` })
      .waitFor();
  });
});
