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

  test('a session lasts while a person is there, ends when nobody is, whatever the page asks by itself, and says why', async () => {
    const { context, page, errors } = await openContext(browser, { locale: 'de-DE' });
    await page.clock.install();
    await signInAs(page, program.url, 'one.admin');
    await page.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
    const pass = async (isThere: boolean): Promise<void> => {
      program.clock.advance(10 * MINUTE);
      if (isThere) await page.mouse.move(Math.random() * 500, Math.random() * 500);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/v1/session')),
        page.clock.runFor(LOOK_MS),
      ]);
      await answer.finished();
      // The rest of the ten minutes, without a further look.
      await page.clock.fastForward('09:00');
    };
    for (let n = 0; n < 4; n += 1) await pass(true);
    expect(await page.getByRole('heading', { level: 1, name: 'Übersicht' }).count()).toBe(1);
    for (let n = 0; n < 3; n += 1) await pass(false);
    await page.getByText('Sie wurden abgemeldet').waitFor();
    await page.getByText(/Eine Weile hat niemand diese Seite benutzt/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});
