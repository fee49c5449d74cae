import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Download, Locator, Page } from 'playwright-core';
import { endedRun, startProgram, until, type Program } from '../support/program';
import { accessibilityFaults, describeInBrowser, launchBrowser, openContext } from './browser';
import { signInAs } from './sandbox-person';

interface Listed {
  email: string;
  displayName: string;
  status: string;
  extension: string | null;
}

describeInBrowser('integrated users', () => {
  let browser: Browser;
  let program: Program;
  let connectorId: string;
  let token: string;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];
  let total: number;

  beforeAll(async () => {
    browser = await launchBrowser();
    program = await startProgram({ users: 450 });
    await program.connect();
    [connectorId = ''] = await program.connectorIds();
    await endedRun(program, connectorId);
    token = await program.token(connectorId);
    total = Number((await read('/users/count'))['count']);
  });

  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  afterEach(async () => {
    expect(errors).toEqual([]);
    await context.close();
  });

  async function open(hash: string, options: Parameters<typeof openContext>[1] = {}): Promise<void> {
    ({ context, page, errors } = await openContext(browser, options));
    await signInAs(page, program.url, 'one.owner');
    await page.locator('nav').waitFor({ state: 'attached' });
    await go(hash);
  }
  const go = (hash: string): Promise<unknown> => page.evaluate(`window.location.hash = ${JSON.stringify(hash)}`);
  const place = (): string => new URL(page.url()).hash;
  const read = async (path: string): Promise<Record<string, unknown>> =>
    (await program.get(`/v1/connectors/${connectorId}${path}`, token)).body;
  const list = async (query: string): Promise<Listed[]> => (await read(`/users?${query}`))['items'] as Listed[];
  const one = async (query: string, index = 0): Promise<Listed> => {
    const found = (await list(query))[index];
    if (found === undefined) throw new Error(`no user ${index} of ${query}`);
    return found;
  };
  const row = (user: { email: string }): Locator => page.getByRole('row').filter({ hasText: user.email });
  const rowNumbered = (index: number): Locator => page.locator(`[role="row"][aria-rowindex="${index}"]`);
  const focused = (): Promise<string | null> =>
    page.evaluate<string | null>("document.activeElement?.getAttribute('aria-rowindex') ?? null");
  const linesOf = async (file: Download): Promise<string[]> =>
    (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  const isLive = (): Promise<void> => page.getByText('Live', { exact: true }).waitFor();

  async function report({ email }: { email: string }, body: object, device = 'd1'): Promise<void> {
    const path = `/v1/connectors/${connectorId}/users/${encodeURIComponent(email)}/registrations/${device}`;
    const { status } = await fetch(`${program.url}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(status).toBe(204);
  }
  const failure = (code: number, platform = 'desktop'): object => ({
    platform,
    outcome: 'failed',
    sip: { code, reason: 'seen by a test', source: 'registrar' },
  });
  const success = { platform: 'desktop', outcome: 'registered', expiresIn: 3600 };

  it('shows how many there are, and each of them to whoever goes on by keyboard', async () => {
    await open('#/users');
    await page.getByText(`${total} users`).waitFor();
    const grid = page.getByRole('grid', { name: 'Integrated users' });
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(total + 1));
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    const [first, second] = await list('limit=2');
    await rowNumbered(2)
      .getByText(first?.email ?? '')
      .waitFor();
    await rowNumbered(2).focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('3');
    expect(await page.locator(':focus').innerText()).toContain(second?.email);
    await page.keyboard.press('PageDown');
    expect(Number(await focused())).toBeGreaterThan(6);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    expect(await focused()).toBe('2');
    await until('the last row', async () => {
      await page.keyboard.press('End');
      return (await focused()) === String(total + 1) ? true : undefined;
    });
    const last = await one('limit=1&order=desc');
    expect(await page.locator(':focus').innerText()).toContain(last.email);
    const box = await page.locator(':focus').boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? Infinity)).toBeLessThanOrEqual(860);
  });

  it('filters by what stands in the address, and goes back', async () => {
    const { count } = await read('/users/count?status=pending');
    await open('#/users?status=pending');
    await page.getByText(`${Number(count)} users`).waitFor();
    const status = page.getByRole('search').getByLabel('Status');
    expect(await status.inputValue()).toBe('pending');
    await status.selectOption('inactive');
    await page.waitForURL(/status=inactive/);
    await page.getByRole('search').getByLabel('Last sync').selectOption('true');
    await page.getByText('No user is like that.').waitFor();
    expect(place()).toBe('#/users?status=inactive&missing=true');
    await page.goBack();
    await page.goBack();
    expect(place()).toBe('#/users?status=pending');
    await page.getByText(`${Number(count)} users`).waitFor();
    expect(await status.inputValue()).toBe('pending');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText(`${total} users`).waitFor();
    expect(place()).toBe('#/users');
  });

  it('searches when the typing pauses, with one step in the history', async () => {
    const user = await one('limit=300', 230);
    await open('#/users');
    await page.getByText(`${total} users`).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/users\?/.test(request.url())) asked.push(new URL(request.url()).searchParams.get('q') ?? '');
    });
    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.pressSequentially(user.email.toUpperCase(), { delay: 5 });
    await page.getByText('1 user', { exact: true }).waitFor();
    await row(user).waitFor();
    expect(asked.at(-1)).toBe(user.email.toUpperCase());
    expect(asked.length).toBeLessThan(user.email.length / 2);
    await page.goBack();
    expect(place()).toBe('#/users');
    await page.getByText(`${total} users`).waitFor();
    expect(await search.inputValue()).toBe('');
  });

  it('sorts by the heads of the columns', async () => {
    await open('#/users');
    const head = page.getByRole('columnheader', { name: 'Name', exact: true });
    const email = page.getByRole('columnheader', { name: 'Email' });
    await rowNumbered(2).waitFor();
    expect([await email.getAttribute('aria-sort'), await head.getAttribute('aria-sort')]).toEqual([
      'ascending',
      'none',
    ]);
    await head.getByRole('button').click();
    const [first] = await list('sort=displayName&limit=1');
    await rowNumbered(2)
      .getByText(first?.email ?? '')
      .waitFor();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    await head.getByRole('button').press('Enter');
    const [last] = await list('sort=displayName&order=desc&limit=1');
    await rowNumbered(2)
      .getByText(last?.email ?? '')
      .waitFor();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(place()).toBe('#/users?sort=displayName&order=desc');
  });

  it('shows a change of a status where it stands, without reading the list again', async () => {
    const user = await one('status=inactive&limit=30', 20);
    await open('#/users?status=inactive');
    await isLive();
    await row(user).scrollIntoViewIfNeeded();
    const top = await page.evaluate<number>('window.scrollY');
    const lists: string[] = [];
    page.on('request', (request) => {
      if (/\/users\?/.test(request.url()) || request.isNavigationRequest()) lists.push(request.url());
    });
    await report(user, failure(403));
    await row(user).getByText('SIP error 403').waitFor();
    await row(user).getByText('✕ 403').waitFor();
    await row(user)
      .getByText(/forbid|refus/i)
      .first()
      .waitFor();
    await report(user, success);
    await row(user).getByText('Can be called').waitFor();
    await row(user).getByText('✓').waitFor();
    expect(lists).toEqual([]);
    expect(await page.evaluate<number>('window.scrollY')).toBe(top);
  });

  it('counts who comes to the status that is filtered for, and shows them when asked', async () => {
    const user = await one('status=inactive&limit=3', 2);
    await open('#/users?status=sip_error');
    await isLive();
    await report(user, failure(480));
    const more = page.getByRole('button', { name: /1 more by now/ });
    await more.click();
    await row(user).getByText('SIP error 480').waitFor();
    await more.waitFor({ state: 'detached' });
  });

  it('reads the list again after a reset, and says when it is not live', async () => {
    ({ context, page, errors } = await openContext(browser));
    await context.route('**/status-events', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: 'retry: 100\nid: 7\nevent: reset\ndata: {}\n\n' }),
    );
    const lists: string[] = [];
    page.on('request', (request) => {
      if (/\/users\?/.test(request.url())) lists.push(request.url());
    });
    await signInAs(page, program.url, 'one.owner');
    await page.locator('nav').waitFor({ state: 'attached' });
    await go('#/users');
    await page.getByText('Not live, trying again').waitFor();
    await until('the list to be read again', async () => (lists.length >= 2 ? true : undefined));
    await context.unroute('**/status-events');
    await isLive();
  });

  it('opens a user by keyboard, keeps the focus there, and gives it back', async () => {
    await open('#/users');
    await rowNumbered(4).focus();
    const email = (await list('limit=3'))[2]?.email ?? '';
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(email).first().waitFor();
    expect(place()).toMatch(/^#\/users\/[^?]+$/);
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press('Tab');
      expect(await dialog.locator(':focus').count()).toBe(1);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(place()).toBe('#/users');
    await until('the focus to be back', async () => ((await focused()) === '4' ? true : undefined));
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    expect(place()).toBe('#/users');
  });

  it('tells of a user whom a link names: state, devices, history, diagnosis, what the registrar says', async () => {
    const user = await one('status=inactive&limit=6', 5);
    await report(user, success, 'd0');
    await open(`#/users/${encodeURIComponent(user.email)}?status=registered`);
    const dialog = page.getByRole('dialog', { name: user.displayName });
    await dialog.getByText('Desktop: Registered').waitFor();
    await isLive();
    await report(user, failure(403), 'd0');
    await dialog.getByText('Desktop: Failed 403').waitFor();
    await dialog.getByRole('listitem').filter({ hasText: 'before: Registered' }).waitFor();
    await dialog.getByText('What to do').waitFor();
    await dialog
      .getByText(user.extension ?? '', { exact: true })
      .first()
      .waitFor();
    expect(await dialog.innerText()).not.toMatch(/[0-9a-f]{32}/);
    await dialog.getByRole('button', { name: 'Check now' }).click();
    await dialog.getByText('Asked in this order').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(place()).toBe('#/users?status=registered');
  });

  it('reads one user anew at both sides, and says when that is done', async () => {
    const user = await one('status=inactive&limit=12', 11);
    await open(`#/users/${encodeURIComponent(user.email)}`);
    const dialog = page.getByRole('dialog', { name: user.displayName });
    const before = (await read(`/users/${encodeURIComponent(user.email)}`))['syncedAt'];
    await dialog.getByRole('button', { name: 'Sync this user' }).click();
    await dialog.getByText('The user was read at Zoom and CloudLink.').waitFor();
    expect((await read(`/users/${encodeURIComponent(user.email)}`))['syncedAt']).not.toBe(before);
  });

  it('takes out whom an admin chose, after asking back', async () => {
    const user = await one('status=inactive&limit=14', 13);
    const { status } = await fetch(`${program.url}/v1/connectors/${connectorId}/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email: user.email }),
    });
    expect(status).toBeLessThan(300);
    await open(`#/users/${encodeURIComponent(user.email)}`);
    const membership = async (): Promise<unknown> =>
      (await read(`/users/${encodeURIComponent(user.email)}`))['membership'];
    const takeOut = page
      .getByRole('dialog', { name: user.displayName, exact: true })
      .getByRole('button', { name: 'Take out' });
    await takeOut.click();
    const question = page.getByRole('dialog', { name: /^Take out/ });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await membership()).toBe('chosen');
    await takeOut.click();
    await question.getByRole('button', { name: 'Take out' }).click();
    await takeOut.waitFor({ state: 'detached' });
    expect(await membership()).toBe('automatic');
    expect(place()).toBe('#/users');
  });

  it('downloads the users that are filtered for', async () => {
    const { count } = await read('/users/count?status=pending');
    await open('#/users?status=pending');
    await page.getByText(`${Number(count)} users`).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const lines = await linesOf(download);
    expect(lines.length).toBe(Number(count) + 1);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const [pending] = await list('status=pending&limit=1');
    expect(lines.join()).toContain(pending?.email);
  });

  it('writes the file in the language of the page, whatever that of the browser is, and says when that fails', async () => {
    await open('#/users?status=pending');
    await page.getByRole('button', { name: /^EN/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    const button = page.getByRole('button', { name: 'CSV exportieren' });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(download.suggestedFilename()).toBe('benutzer.csv');
    expect((await linesOf(download))[0]).toMatch(/^E-Mail;Name;Durchwahl;/);
    await page.route('**/users/export?*', (route) => route.abort());
    await button.click();
    await page.getByText('Der Dienst antwortet nicht.', { exact: false }).waitFor();
    errors = errors.filter((error) => !/ERR_FAILED/.test(error));
  });

  it.each([
    ['en-GB', 1152],
    ['en-GB', 1280],
    ['de-DE', 1152],
    ['de-DE', 1280],
    ['de-DE', 1440],
  ])('has room for the heads of its columns: %s, %i px', async (locale, width) => {
    await open('#/users', { locale, viewport: { width, height: 860 } });
    await rowNumbered(2).waitFor();
    const heads = page.getByRole('columnheader');
    expect(await heads.count()).toBeGreaterThanOrEqual(7);
    const wide = await heads.evaluateAll((cells: { scrollWidth: number; clientWidth: number; innerText: string }[]) =>
      cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.innerText),
    );
    expect(wide).toEqual([]);
  });

  it('says so when a link names nobody', async () => {
    await open('#/users/nobody%40example.com');
    await page.getByRole('dialog').getByText('There is no such user').waitFor();
    errors = errors.filter((error) => !/status of 404/.test(error));
  });

  it('is without faults for those who do not see it, light and dark', async () => {
    const user = await one('status=inactive&limit=8', 7);
    await report(user, failure(503));
    await open('#/users');
    await rowNumbered(2).waitFor();
    await isLive();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await go(`#/users/${encodeURIComponent(user.email)}`);
    await page.getByRole('dialog').getByText('What to do').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('is a list of cards in German on a narrow screen', async () => {
    const user = await one('status=inactive&limit=10', 9);
    await open(`#/users?q=${user.email}`, { locale: 'de-DE', viewport: { width: 360, height: 740 } });
    await page.getByText('1 Benutzer', { exact: true }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await row(user).getByText('Keine App ist angemeldet').waitFor();
    await report(user, failure(403));
    await row(user).getByText('SIP-Fehler 403').waitFor();
    // In the words of the language that was chosen, which a stream of events cannot ask for.
    await row(user)
      .getByText(/Registrar|abgewiesen|verboten|erlaubt/i)
      .first()
      .waitFor();
    await page.getByLabel('Sortieren nach').selectOption('since');
    await page.waitForURL(/sort=since/);
    const wide = (): Promise<number> =>
      page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(await wide()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await row(user).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Was zu tun ist').waitFor();
    expect(await wide()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Schließen' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});
