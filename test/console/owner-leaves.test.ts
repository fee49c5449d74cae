import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { walkAuthorise } from '../../sandbox/walkthrough';
import { ReauthorizeLinks } from '../../src/oauth/reauthorize-links';
import { endedRun, startProgram, type Program } from '../support/program';
import { accessibilityFaults, describeInBrowser, launchBrowser, openContext } from './browser';
import { decide, openWindow, signInAs } from './sandbox-person';

const OWNER = 'Olga.Owner@nordwind.example';
const NEEDED = `${OWNER} has left the Zoom account, and nobody stands by: users can go on making calls, but nothing is synced until an admin authorises again.`;

/** The admin of CloudLink has the overview open when the owner of the Zoom account, who has set all up, leaves. */
describeInBrowser('the overview when the owner leaves', () => {
  let browser: Browser;
  let program: Program;
  let connectorId: string;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    program = await startProgram({ users: 20 });
    program.sandbox.control.setZoomWebhookUrl(`${program.url}/webhooks/zoom`);
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    await look();
  });
  afterEach(async () => {
    await context.close();
    await program.stop();
  });

  /** Signs in anew, as a person with such a browser. */
  async function look(options: Parameters<typeof openContext>[1] = {}): Promise<void> {
    ({ context, page, errors } = await openContext(browser, options));
    await signInAs(page, program.url, 'one.account-admin');
    await page.locator('#syncs').waitFor();
  }

  /** A reload would take this away. */
  const markPage = (): Promise<void> => page.evaluate('window.isTheSame = true');
  const isSamePage = (): Promise<boolean | undefined> => page.evaluate('window.isTheSame');
  const state = (name = 'State of the connector'): Locator => page.getByRole('region', { name });
  const again = (): Locator => state().getByRole('button', { name: 'Authorise again at Zoom' });
  const leave = (person: string): void => program.sandbox.control.removePerson('zoom', person);
  const stored = async (): Promise<unknown> =>
    (await program.get(`/v1/connectors/${connectorId}`, await program.token(connectorId))).body['state'];
  async function standBy(person: string): Promise<void> {
    const { url } = program.app.get(ReauthorizeLinks, { strict: false }).linkFor(connectorId, 'zoom');
    expect((await walkAuthorise({ startUrl: url, zoomPerson: person })).status).toBe(200);
  }

  test('with a standby all goes on by itself, and it is said so', async () => {
    await standBy('one.admin');
    await page.getByRole('region', { name: 'Zoom' }).getByText('Ada.Admin@nordwind.example').waitFor();
    await markPage();
    leave('one.owner');
    await page
      .getByText(
        `${OWNER} has left the Zoom account. Ada.Admin@nordwind.example stood by and has taken over, so everything goes on by itself.`,
      )
      .waitFor();
    expect(await again().count()).toBe(0);
    const zoom = page.getByRole('region', { name: 'Zoom', exact: true });
    await zoom.getByRole('listitem').filter({ hasText: 'Ada.Admin' }).getByText('In use').waitFor();
    await zoom.getByRole('button', { name: 'One that has ended' }).click();
    await zoom.getByText(`${OWNER} has left the Zoom account.`).waitFor();
    expect(await isSamePage()).toBe(true);
    expect(await stored()).toBe('active');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('without one there is one sentence and one button, and all is well again without a reload', async () => {
    await markPage();
    leave('one.owner');
    await state().getByText(NEEDED).waitFor();
    expect(await state().getByRole('button').count()).toBe(1);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    const window = await openWindow(context, again());
    await state().getByText('A window for the sign-in at Zoom is open.', { exact: false }).waitFor();
    expect(await state().getByRole('button').allInnerTexts()).toEqual(['Show the window']);
    const closed = window.waitForEvent('close');
    await decide(window, 'one.admin');
    await closed;
    await state().getByText('The authorisation has arrived.').waitFor();
    await again().waitFor({ state: 'detached' });
    await state().and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: 'Signed in as Ada.Admin@nordwind.example' }).waitFor();
    // What needs the CSRF token works with that of the new session.
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText('The sync has ended: Succeeded.').waitFor({ state: 'attached' });
    expect(await isSamePage()).toBe(true);
    expect(await stored()).toBe('active');
    expect(context.pages()).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('a consent that is declined and a window that is closed are said, and the next try goes on', async () => {
    leave('one.owner');
    let window = await openWindow(context, again());
    await decide(window, 'one.admin', 'decline');
    await state().getByText('You did not give your consent there. Nothing was changed.').waitFor();
    expect(await stored()).toBe('reauthorization_required');
    const retry = state().getByRole('button', { name: 'Open the sign-in again' });
    window = await openWindow(context, retry);
    await window.close();
    await state().getByText('nothing has arrived from there', { exact: false }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    window = await openWindow(context, retry);
    await decide(window, 'one.admin');
    await state().getByText('The authorisation has arrived.').waitFor();
    expect(await stored()).toBe('active');
    expect(errors).toEqual([]);
  });

  test('where the window is blocked the sign-in goes on in the same tab and comes back', async () => {
    await page.evaluate('window.open = () => null');
    leave('one.owner');
    await again().click();
    await state().getByText('Your browser has blocked the window.', { exact: false }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await state().getByRole('link', { name: 'Sign in within this tab' }).click();
    await decide(page, 'one.second-admin');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.getByRole('button', { name: 'Signed in as Sven.Second@nordwind.example' }).waitFor();
    expect(await again().count()).toBe(0);
    expect(await stored()).toBe('active');
    expect(errors).toEqual([]);
  });

  test('an owner who loses the role is told of while everything still works', async () => {
    program.sandbox.control.setZoomRole('one.owner', 'admin-without-psi');
    await state().getByText(`${OWNER} no longer holds the required role at Zoom: everything still works`).waitFor();
    await again().waitFor();
    const zoom = page.getByRole('region', { name: 'Zoom', exact: true });
    await zoom.getByText('In use · At risk').waitFor();
    expect(await stored()).toBe('active');
    expect(errors).toEqual([]);
  });

  test('who has removed the app at Zoom is told in German what happens when nobody acts', async () => {
    await context.close();
    await look({ locale: 'de-DE' });
    program.sandbox.control.uninstallZoomApp('one.owner');
    const zustand = state('Zustand des Connectors');
    await zustand.getByText('Die App wurde bei Zoom entfernt, und niemand steht bereit', { exact: false }).waitFor();
    await zustand.getByText(/^Geschieht das nicht bis .+, wird alles Gespeicherte vernichtet\.$/).waitFor();
    const window = await openWindow(context, zustand.getByRole('button', { name: 'Bei Zoom neu autorisieren' }));
    await decide(window, 'one.admin');
    await zustand.getByText('Die Autorisierung ist angekommen.').waitFor();
    await zustand.getByText('vernichtet', { exact: false }).waitFor({ state: 'detached' });
    expect(await stored()).toBe('active');
    expect(errors).toEqual([]);
  });
});
