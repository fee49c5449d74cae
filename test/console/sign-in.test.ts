import type { Browser, Page } from 'playwright-core';
import { startProgram, type Program } from '../support/program';
import { accessibilityFaults, describeInBrowser, launchBrowser, openContext } from './browser';
import { signInAs } from './sandbox-person';

const MINUTE = 60_000;
/** How often the console looks at its session by itself. */
const LOOK_MS = MINUTE;

describeInBrowser('signing in to the console', () => {
  let browser: Browser;
  let program: Program;

  beforeAll(async () => {
    browser = await launchBrowser();
    program = await startProgram({ users: 5 });
    await program.connect();
  });

  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  const overview = (page: Page): Promise<void> => page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const signInPage = (page: Page): Promise<void> => page.getByRole('link', { name: 'Continue with Zoom' }).waitFor();
  const sessionStatus = (page: Page): Promise<number> =>
    page.evaluate<number>("fetch('v1/session', { headers: { 'x-background': '1' } }).then(({ status }) => status)");

  async function choose(page: Page, item: string): Promise<void> {
    await page.getByRole('button', { name: /^Signed in as/ }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    await signInPage(page);
  }

  test('the sandbox’s admins of both sides are offered, and nobody else of it', async () => {
    const { context, page, errors } = await openContext(browser);
    await page.goto(program.url);
    const offered = page.locator('section[aria-labelledby="sandbox"] a');
    await offered.first().waitFor();
    const texts = await offered.allTextContents();
    expect(texts).toContain('Olga.Owner@nordwind.example (owner)');
    expect(texts).toContain('clara.admin@nordwind.example (account admin)');
    expect(texts.filter((text) => /nopsi|member|user@/i.test(text))).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });

  test('the admin of a linked account comes to the page that they wanted, and signs out', async () => {
    const { context, page, errors } = await openContext(browser);
    await signInAs(page, `${program.url}/#/audit`, 'one.admin');
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
    expect(await sessionStatus(page)).toBe(200);
    await choose(page, 'Sign out');
    expect(await page.getByText('You have been signed out').count()).toBe(0);
    expect(await sessionStatus(page)).toBe(401);
    await page.reload();
    await signInPage(page);
    expect(errors).toEqual([]);
    await context.close();
  });

  test('signing out everywhere ends the session in the other browser, which says so', async () => {
    const here = await openContext(browser);
    const there = await openContext(browser);
    for (const { page } of [here, there]) {
      await signInAs(page, program.url, 'one.admin');
      await overview(page);
    }
    await choose(here.page, 'Sign out everywhere');
    // Somebody comes back to that window.
    await there.page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await signInPage(there.page);
    await there.page.getByText(/You have signed out in another window/).waitFor();
    expect(await accessibilityFaults(there.page)).toEqual([]);
    expect([...here.errors, ...there.errors]).toEqual([]);
    await here.context.close();
    await there.context.close();
  });

  test('what anybody can write into the address of an arrival puts no words into the mouth of the page', async () => {
    const { context, page, errors } = await openContext(browser);
    await page.goto(`${program.url}/#/arrived?provider=Call+0800+1&error=__proto__&reference=call+0800+12345`);
    await page.getByText('The sign-in did not work').waitFor();
    await page.getByText('Something went wrong on our side.', { exact: false }).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('0800');
    expect(errors).toEqual([]);
    await context.close();
  });

  test('a page that does not come says so, and leaves the others', async () => {
    const { context, page, errors } = await openContext(browser);
    await signInAs(page, program.url, 'one.admin');
    await overview(page);
    const scripts = /assets\/users-.*\.js/;
    await page.route(scripts, (route) => route.abort());
    await page.getByRole('link', { name: 'Integrated users', exact: true }).click();
    await page.getByText('This page cannot be shown').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
    await overview(page);
    await page.getByRole('link', { name: 'Integrated users', exact: true }).click();
    await page.unroute(scripts);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByRole('grid', { name: 'Integrated users' }).waitFor();
    expect(errors.filter((error) => !/ERR_FAILED|dynamically imported module/.test(error))).toEqual([]);
    await context.close();
  });

  test('another tab that signs in to another connector leaves nothing of this one in an open page', async () => {
    await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'two.account-admin' });
    const [own = ''] = await program.connectorIds();
    await program.database.query(`update connectors set name = 'The first one' where connector_id = $1`, [own]);
    const { context, page, errors } = await openContext(browser);
    await signInAs(page, `${program.url}/#/users`, 'one.owner');
    await page.getByRole('row').filter({ hasText: 'nordwind' }).first().waitFor();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    const name = page.getByLabel('Name of the connector');
    await name.and(page.locator('[value="The first one"]')).waitFor();
    await name.fill('half typed');

    const other = await context.newPage();
    // Another tab may have nothing to say to this one.
    await other.addInitScript('BroadcastChannel.prototype.postMessage = () => undefined');
    await other.goto(`${program.url}/oauth/zoom/start?to=console&as=two.owner`);
    await other.locator('button[value="allow"]').click();
    await overview(other);
    const { email } = await other.evaluate<{ email: string }>(
      "fetch('v1/session').then((r) => r.json()).then((s) => s.admin)",
    );

    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await page.route(/\/connectors\/[^/]+\/settings$/, async (route) => {
      await held;
      await route.continue();
    });
    // Somebody comes back to the first window.
    await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await page.getByRole('button', { name: `Signed in as ${email}` }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(await name.count()).toBe(0);
    goOn();
    await name.waitFor();
    expect(await name.inputValue()).not.toMatch(/half typed|The first one/);
    // Nothing is left to be asked about.
    await page.getByRole('link', { name: 'Integrated users', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Integrated users' }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('nordwind');
    // What was under way for the first one was refused.
    expect(errors.filter((error) => !/status of 40[34]/.test(error))).toEqual([]);
    await context.close();
  });

  test('a session lasts while a person is there, ends when nobody is, whatever the page asks by itself, and says why', async () => {
    const { context, page, errors } = await openContext(browser, { locale: 'de-DE' });
    await page.clock.install();
    await signInAs(page, program.url, 'one.admin');
    await page.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
    const look = async (pass: () => Promise<void>): Promise<void> => {
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/v1/session')),
        pass(),
      ]);
      await answer.finished();
    };
    const pass = async (isThere: boolean): Promise<void> => {
      program.clock.advance(10 * MINUTE);
      if (isThere) await page.mouse.move(Math.random() * 500, Math.random() * 500);
      await look(() => page.clock.runFor(LOOK_MS));
      // The rest of the ten minutes, with one further look, to which the clock of the service must not have gone on.
      await look(() => page.clock.fastForward('09:00'));
    };
    for (let n = 0; n < 4; n += 1) await pass(true);
    expect(await page.getByRole('heading', { level: 1, name: 'Übersicht' }).count()).toBe(1);
    for (let n = 0; n < 2; n += 1) await pass(false);
    program.clock.advance(10 * MINUTE);
    await look(() => page.clock.runFor(LOOK_MS));
    await page.getByText('Sie wurden abgemeldet').waitFor();
    await page.getByText(/Eine Weile hat niemand diese Seite benutzt/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});
