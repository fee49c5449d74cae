import type { Browser, Download, Locator, Page } from 'playwright-core';
import { endedRun, startProgram, type Program } from '../support/program';
import { accessibilityFaults, describeInBrowser, launchBrowser, openContext } from './browser';
import { signInAs } from './sandbox-person';

const MANY = 100_000;

describeInBrowser('adding users', () => {
  let browser: Browser;
  let program: Program;
  let connectorId: string;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    program = await startProgram({ users: 20 });
    await program.connect();
    [connectorId = ''] = await program.connectorIds();
    await endedRun(program, connectorId);
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

  beforeEach(async () => {
    await page.goto(`${program.url}/#/add`);
    await page.reload();
    await page.locator('input[type="file"]').waitFor({ state: 'attached' });
  });

  afterEach(() => {
    // Refusals are part of the tests: the browser notes each 400 by itself.
    expect(errors.filter((error) => !error.includes('status of 400'))).toEqual([]);
  });

  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const choose = (name: string, content: Buffer): Promise<void> =>
    page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: content });
  const heading = (name: string): Locator => page.getByRole('heading', { name, exact: true });
  const row = (name: string): Locator =>
    page.getByRole('row').filter({ has: page.getByRole('cell', { name, exact: true }) });
  const count = (name: string): Promise<string> => row(name).getByRole('cell').last().innerText();
  const chosen = async (): Promise<number> => {
    const { rows } = await program.database.query<{ count: string }>(
      `select count(*) from integrated_users where connector_id = $1 and membership = 'chosen'`,
      [connectorId],
    );
    return Number(rows[0]?.count);
  };
  async function textOf(download: Download): Promise<string> {
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }
  async function downloadBy(name: string): Promise<Download> {
    const [download] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
    return download;
  }

  it('adds one by one, by keyboard alone, and says what became of each', async () => {
    const email = page.getByLabel('Email');
    await email.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Type in an email address.').waitFor();
    await page.keyboard.type('nobody');
    await page.keyboard.press('Enter');
    await page.getByText('This is not an email address.').waitFor();
    await page.keyboard.type('@new.example');
    await page.keyboard.press('Enter');
    await page.getByText('nobody@new.example was added. CloudLink has no SIP credentials', { exact: false }).waitFor();
    await email.and(page.locator(':focus')).waitFor();
    await page.keyboard.type('nobody@new.example');
    await page.keyboard.press('Enter');
    await page.getByText('nobody@new.example was there already', { exact: false }).waitFor();
    expect(await chosen()).toBe(1);
  });

  it('shows what a good file would change, changes it when told so, and nothing the second time', async () => {
    const before = await chosen();
    const file = Buffer.from('email\none@good.example\ntwo@good.example\n');
    await choose('good.csv', file);
    await heading('What would change').and(page.locator(':focus')).waitFor();
    expect(await count('Users to be added')).toBe('2');
    expect(await chosen()).toBe(before);
    await button('Apply').click();
    await heading('Done').and(page.locator(':focus')).waitFor();
    expect(await count('Users added')).toBe('2');
    expect(await chosen()).toBe(before + 2);
    await choose('good.csv', file);
    await heading('This file would change nothing').waitFor();
    expect(await count('Users who were added before')).toBe('2');
    expect(await button('Apply').count()).toBe(0);
  });

  it('names what is wrong by line, column and rule, hands it out as a file, and applies the rest', async () => {
    const before = await chosen();
    await choose('bad.csv', Buffer.from('email,action\nfine@bad.example,add\nno address,add\nx@bad.example,jump\n'));
    await heading('What would change').waitFor();
    expect(await row('no address').getByRole('cell').allInnerTexts()).toEqual([
      '3',
      'email',
      'This is not an email address.',
      'no address',
    ]);
    const kept = await downloadBy('Download all problems as CSV');
    expect(kept.suggestedFilename()).toBe('import-problems.csv');
    expect((await textOf(kept)).split('\r\n').map((line) => line.split(',').slice(0, 2).join())).toEqual([
      '\uFEFFline,column',
      '3,email',
      '4,action',
      '',
    ]);
    expect(await chosen()).toBe(before);
    await button('Apply without the 2 wrong lines').click();
    await heading('Done').waitFor();
    expect(await chosen()).toBe(before + 1);
  });

  it('says why a file is of no use, and offers nothing to apply', async () => {
    await choose('names.csv', Buffer.from('name\nErika\n'));
    await heading('This file cannot be used').waitFor();
    await page.getByText('one of them must be called “email”', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(0);
  });

  it('asks back before it takes users out', async () => {
    const before = await chosen();
    await choose('in.csv', Buffer.from('email\nout@gone.example\n'));
    await button('Apply').click();
    await heading('Done').waitFor();
    await program.database.query(`update connectors set membership = 'chosen' where connector_id = $1`, [connectorId]);
    await choose('out.csv', Buffer.from('email,action\nout@gone.example,remove\n'));
    await heading('What would change').waitFor();
    await button('Apply').click();
    await page.getByRole('dialog').getByText('One user loses their SIP credentials').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await heading('Done').waitFor();
    await program.database.query(`update connectors set membership = 'automatic' where connector_id = $1`, [
      connectorId,
    ]);
    expect(await count('Users taken out, with their SIP credentials')).toBe('1');
    expect(await chosen()).toBe(before);
  });

  it('reads what Excel in German writes, in German', async () => {
    await page.getByRole('button', { name: /^EN/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    const lines = [
      'Name;E-Mail-Adresse;Aktion',
      '"Müller; Jürgen";juergen@excel.example;hinzufügen',
      'Jörg;jörg;hinzufügen',
    ];
    await choose('Größe.csv', Buffer.from(lines.join('\r\n'), 'latin1'));
    await heading('Was sich ändern würde').waitFor();
    expect(await count('Benutzer, die hinzugefügt würden')).toBe('1');
    expect(await row('jörg').getByRole('cell').allInnerTexts()).toEqual([
      '3',
      'E-Mail-Adresse',
      'Das ist keine E-Mail-Adresse.',
      'jörg',
    ]);
    await page.getByText('gelesen als windows-1252 mit Semikolon', { exact: false }).waitFor();
    const sample = await textOf(await downloadBy('Beispiel herunterladen'));
    expect(sample.split('\r\n')[0]).toBe('\uFEFFE-Mail;Aktion');
    await button('Ohne die fehlerhafte Zeile anwenden').click();
    await heading('Erledigt').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/Apply|Download|Choose|Email/);
    await page.getByRole('button', { name: /^DE/ }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
  });

  it('takes a huge file in, shows how far it is, and can be ended at any time', async () => {
    const before = await chosen();
    const lines = Array.from({ length: MANY }, (_, index) => `user.${index}@huge.example`);
    const file = Buffer.from(`email\n${lines.join('\n')}\n`);
    await choose('huge.csv', file);
    await page.getByRole('progressbar', { name: 'The file is being checked. Nothing is changed.' }).waitFor();
    await button('Cancel').click();
    await page.getByText('Cancelled. Nothing was changed.').waitFor();
    await button('Check the file again').click();
    await heading('What would change').waitFor({ timeout: 120_000 });
    expect(await count('Users to be added')).toBe('100,000');
    await button('Apply').click();
    await page.getByText(/^\d+ ?% sent · [\d,]+ lines read · [\d,]+ users done$/).waitFor();
    await heading('Done').waitFor({ timeout: 120_000 });
    expect(await count('Users added')).toBe('100,000');
    expect(await chosen()).toBe(before + MANY);
  });

  it('warns before it is left while it changes something', async () => {
    await page.route(/import\?dryRun=false/, () => new Promise(() => undefined));
    await choose('slow.csv', Buffer.from('email\nslow@slow.example\n'));
    await heading('What would change').waitFor();
    await button('Apply').click();
    await page.getByText('The changes are being made, all of them or none.').waitFor();
    await page.getByRole('link', { name: 'Audit', exact: true }).click();
    await page.getByRole('dialog').getByText('From a CSV file').waitFor();
    await button('Stay here').click();
    await button('Cancel').click();
    await page.getByText('Cancelled. Unless it was done already', { exact: false }).waitFor();
    await page.unroute(/import\?dryRun=false/);
  });

  it('is accessible, and fits 360 px', async () => {
    await choose('bad.csv', Buffer.from(`email\n${'a'.repeat(60)}\nfine@axe.example\n`));
    await heading('What would change').waitFor();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityFaults(page)).toEqual([]);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });
});
