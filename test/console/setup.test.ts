import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startProgram, until, type Program } from '../support/program';
import { accessibilityFaults, describeInBrowser, launchBrowser, openContext } from './browser';
import { decide, openWindow, signInAs } from './sandbox-person';

const USERS = 30;
/** The text of what has the focus; nothing when the page itself has it. */
const FOCUSED = "document.activeElement.tagName === 'BODY' ? '' : document.activeElement.textContent";

describeInBrowser('the set-up', () => {
  let browser: Browser;
  let program: Program;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    program = await startProgram({ users: USERS });
    ({ context, page, errors } = await openContext(browser));
  });

  afterEach(async () => {
    await context.close();
    await program.stop();
  });

  const heading = (name: string): Promise<void> => page.getByRole('heading', { level: 2, name }).waitFor();
  const connectButton = (provider = 'Mitel CloudLink') => page.getByRole('button', { name: `Connect ${provider}` });

  /** The window, the person there, and the answer of the console. */
  async function connect(
    person: string,
    decision: 'allow' | 'decline' = 'allow',
    button = connectButton(),
  ): Promise<void> {
    const window = await openWindow(context, button);
    const closed = window.waitForEvent('close');
    await decide(window, person, decision);
    await closed;
  }

  async function overview(): Promise<Record<string, unknown>> {
    const [id = ''] = await program.connectorIds();
    return (await program.get(`/v1/connectors/${id}`, await program.token(id))).body;
  }

  async function inspect(): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 360, height: 740 });
    // The browser gets there in steps; what is still too wide then stays so.
    const isNarrow = 'innerWidth === 360 && document.documentElement.scrollWidth === 360';
    const fits = async (): Promise<true | undefined> => (await page.evaluate<boolean>(isNarrow)) || undefined;
    await until('the page to fit into 360 pixels', fits, 5_000);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 860 });
  }

  test('Zoom first: from the sign-in to synced users, and every step is fit to be read by everybody', async () => {
    await page.goto(program.url);
    await page.getByRole('heading', { name: 'Sandbox' }).waitFor();
    await inspect();
    await signInAs(page, program.url, 'one.owner');
    await heading('Connect Mitel CloudLink');
    await page.getByText('Owner – checked').waitFor();
    await inspect();
    await connect('one.account-admin');
    await heading('Pre-flight: is everything prepared?');
    await page.getByRole('heading', { name: 'At Zoom', exact: true }).waitFor();
    await page.getByText('Zoom accepts the authorisation of Olga.Owner@nordwind.example.').waitFor();
    await inspect();
    await page.getByRole('link', { name: /^Go on/ }).click();
    await heading('First sync');
    await page.getByText('The sync has ended.').waitFor();
    await page.getByRole('heading', { name: /^Users who could not be used/ }).waitFor();
    await page.getByText('There is no Zoom user with this email.').first().waitFor();
    await inspect();
    await page.getByRole('link', { name: 'Go on', exact: true }).click();
    await heading('The connector is set up');
    await inspect();
    const { state, users } = (await overview()) as { state: string; users: Record<string, number> };
    expect(state).toBe('active');
    expect(users['inactive']).toBeGreaterThan(10);
    for (const [status, name] of [
      ['inactive', 'Inactive'],
      ['pending', 'Pending'],
    ] as const)
      expect(await page.getByRole('link', { name }).locator('..').textContent()).toMatch(
        new RegExp(`^${users[status]}`),
      );
    expect(errors).toEqual([]);
  });

  test('CloudLink first, in German, by keyboard alone', async () => {
    await context.close();
    ({ context, page, errors } = await openContext(browser, { locale: 'de-DE' }));
    const focused = (): Promise<string> => page.evaluate<string>(FOCUSED);
    const go = async (name: RegExp): Promise<void> => {
      for (let steps = 0; steps < 80 && !name.test(await focused()); steps += 1) await page.keyboard.press('Tab');
      expect(await focused()).toMatch(name);
    };
    await page.goto(program.url);
    await page.getByRole('heading', { name: 'Sandbox' }).waitFor();
    await go(/clara\.admin/);
    await page.keyboard.press('Enter');
    await page.locator('form[data-sandbox]').waitFor();
    await go(/^Log in$/);
    await page.keyboard.press('Enter');
    await heading('Zoom verbinden');
    await page.getByRole('button', { name: 'Zoom verbinden' }).and(page.locator(':enabled')).waitFor();
    await go(/^Zoom verbinden$/);
    const [window] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
    await window.locator('input[value="one.owner"]').press('Space');
    await window.locator('button[value="allow"]').press('Enter');
    await heading('Vorabprüfung: Ist alles vorbereitet?');
    // The focus went to the new step: one reads on from there.
    expect(await focused()).toBe('Vorabprüfung: Ist alles vorbereitet?');
    await page.getByRole('heading', { name: 'Bei Zoom', exact: true }).waitFor();
    await go(/^(Weiter zum ersten Abgleich|Trotzdem weiter)$/);
    await page.keyboard.press('Enter');
    await heading('Erster Abgleich');
    await page.getByText('Der Abgleich ist fertig.').waitFor();
    await go(/^Weiter$/);
    await page.keyboard.press('Enter');
    await heading('Der Connector ist eingerichtet');
    await go(/^Integrierte Benutzer öffnen$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Integrierte Benutzer' }).waitFor();
    expect(await overview()).toMatchObject({ state: 'active' });
    expect(errors).toEqual([]);
  });

  test('a consent that is declined, and a person without the role, change nothing, and the next try goes on', async () => {
    await signInAs(page, program.url, 'one.owner');
    await heading('Connect Mitel CloudLink');
    await connect('one.account-admin', 'decline');
    const again = page.getByRole('button', { name: 'Open the sign-in again' });
    await page.getByText('You did not give your consent there. Nothing was changed.').waitFor();
    await connect('one.user', 'allow', again);
    await page.getByText('This person lacks the role that is needed.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overview()).toMatchObject({ state: 'pending', cloudlink: { accountId: null } });
    await connect('one.account-admin', 'allow', again);
    await heading('Pre-flight: is everything prepared?');
    expect(errors).toEqual([]);
  });

  test('a sign-in that is declined, or lacks the role, says so on the page that it came from', async () => {
    await page.goto(program.url);
    await page.locator('a[href*="as=one.owner"]').click();
    await page.locator('button[value="decline"]').click();
    await page.getByText('The sign-in at Zoom did not work').waitFor();
    await page.getByText('You did not give your consent there. Nothing was changed.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Continue with Zoom' }).click();
    await decide(page, 'one.admin-without-psi');
    await page.getByText('This person lacks the role that is needed.').waitFor();
    await page.getByText(/Reference for the operator: \S+/).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await program.connectorIds()).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('a window that is closed says so, and opened again it goes on', async () => {
    await signInAs(page, program.url, 'one.owner');
    const window = await openWindow(context, connectButton());
    await page.getByText(/A window for the sign-in at Mitel CloudLink is open/).waitFor();
    await window.close();
    await page.getByText(/nothing has arrived from there/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await connect('one.account-admin', 'allow', page.getByRole('button', { name: 'Open the sign-in again' }));
    await heading('Pre-flight: is everything prepared?');
    expect(errors).toEqual([]);
  });

  test('a window that only seems to be closed goes on when it is finished all the same', async () => {
    // As the pages of a provider may have it: their policy cuts the window off from the one that opened it.
    await page.addInitScript(`
      const open = window.open.bind(window);
      window.open = (...place) => open(...place) && { closed: true, focus: () => undefined };
    `);
    await signInAs(page, program.url, 'one.owner');
    const window = await openWindow(context, connectButton());
    await page.getByText(/nothing has arrived from there/).waitFor();
    await decide(window, 'one.account-admin');
    await heading('Pre-flight: is everything prepared?');
    expect(errors).toEqual([]);
  });

  test('an admin who takes too long is told so, by the page and by the service, and begins again', async () => {
    await page.clock.install();
    await signInAs(page, program.url, 'one.owner');
    await heading('Connect Mitel CloudLink');
    const window = await openWindow(context, connectButton());
    await page.clock.fastForward('15:01');
    program.clock.advance(16 * 60_000);
    await page.getByText('Nothing has arrived for 15 minutes.').waitFor();
    await decide(window, 'one.account-admin');
    await page.getByText(/That sign-in took too long/).waitFor();
    await connect('one.account-admin', 'allow', page.getByRole('button', { name: 'Open the sign-in again' }));
    await heading('Pre-flight: is everything prepared?');
    expect(errors).toEqual([]);
  });

  test('a browser that blocks the window goes there in the same tab, and comes back to the set-up', async () => {
    await page.addInitScript('window.open = () => null');
    await signInAs(page, program.url, 'one.owner');
    await connectButton().click();
    await page.getByText('Your browser has blocked the window.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const here = page.getByRole('link', { name: 'Sign in within this tab' });
    await here.click();
    await decide(page, 'one.account-admin', 'decline');
    await page.getByText('The sign-in at Mitel CloudLink did not work').waitFor();
    await connectButton().click();
    await here.click();
    await decide(page, 'one.account-admin');
    await heading('Pre-flight: is everything prepared?');
    expect(errors).toEqual([]);
  });

  test('a reload, a later sign-in, and the other admin go on at the step that is reached', async () => {
    await signInAs(page, program.url, 'one.owner');
    await heading('Connect Mitel CloudLink');
    await page.reload();
    await heading('Connect Mitel CloudLink');
    await page.getByRole('button', { name: 'Signed in as Olga.Owner@nordwind.example' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await signInAs(page, program.url, 'one.admin');
    await heading('Connect Mitel CloudLink');
    program.sandbox.control.setFault({ kind: 'cloudlink.psi', fault: '429', seconds: 25, times: 1 });
    await connect('one.account-admin');
    await heading('Pre-flight: is everything prepared?');
    await page.reload();
    await heading('Pre-flight: is everything prepared?');
    await page.goto(`${program.url}/`);
    // Nobody has seen the first sync end: the overview leads back.
    await heading('Pre-flight: is everything prepared?');
    await page
      .getByRole('navigation', { name: 'Steps of the set-up' })
      .getByRole('link', { name: 'First sync' })
      .click();
    await page.getByText('Step 2 of 3: reading the users of CloudLink').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.reload();
    await page.getByText('Step 2 of 3: reading the users of CloudLink').waitFor();
    await page.getByText('The sync has ended.').waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Go on', exact: true }).click();
    await page.reload();
    await heading('The connector is set up');
    expect(errors).toEqual([]);
  });

  test('an account that is linked already is refused with a way out, and the right one goes on', async () => {
    await program.connect();
    await signInAs(page, program.url, 'two.owner');
    await connect('one.account-admin');
    await page.getByText(/That account is already linked with another one/).waitFor();
    await connect('two.account-admin', 'allow', page.getByRole('button', { name: 'Open the sign-in again' }));
    await heading('Pre-flight: is everything prepared?');
    expect(await program.connectorIds()).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  test('a colleague with the link brings the other side, and this page goes on by itself', async () => {
    await signInAs(page, program.url, 'one.owner');
    const link = page.getByRole('textbox', { name: 'Link to send' });
    await until('the link', async () => ((await link.inputValue()) === '' ? undefined : true));
    const colleague = await openContext(browser);
    await colleague.page.goto(await link.inputValue());
    // Nobody hands over an account by a mere click on a link.
    await colleague.page.getByRole('heading', { name: 'Link your Mitel CloudLink account?' }).waitFor();
    await colleague.page.getByText('Olga.Owner@nordwind.example').waitFor();
    expect(await accessibilityFaults(colleague.page)).toEqual([]);
    await colleague.page.getByRole('link').click();
    await decide(colleague.page, 'one.account-admin');
    await heading('Pre-flight: is everything prepared?');
    await colleague.context.close();
    expect(errors).toEqual([]);
  });

  test('a first sync that fails says why, and is begun again from here', async () => {
    program.sandbox.control.setFault({ kind: 'cloudlink.psi', fault: '403' });
    await signInAs(page, program.url, 'one.owner');
    await connect('one.account-admin');
    await heading('Pre-flight: is everything prepared?');
    await page.getByText(/Something failed/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go on all the same' }).click();
    await page.getByText('The sync has failed.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    program.sandbox.control.clearFaults();
    await page.getByRole('button', { name: 'Sync again' }).click();
    await page.getByText('The sync has ended.').waitFor();
    // The last look was before that: looked at again, it is in order.
    await page
      .getByRole('navigation', { name: 'Steps of the set-up' })
      .getByRole('link', { name: 'Pre-flight' })
      .click();
    program.clock.advance(60_000);
    await page.getByText('CloudLink lets us read the users of the Zoom integration.').waitFor({ timeout: 45_000 });
    expect(errors).toEqual([]);
  });
});
