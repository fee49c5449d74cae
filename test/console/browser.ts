import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { describeWherePossible } from '../support/describe-where-possible';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Tests of the console in a real browser; skipped loudly where there is none. */
export const describeInBrowser = (name: string, body: () => void): void =>
  describeWherePossible(
    existsSync(EXECUTABLE),
    `there is no ${EXECUTABLE}: install Debian's package chromium, or name another one in CHROMIUM`,
    name,
    body,
  );

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: EXECUTABLE,
    // Nothing but the page itself goes over the network.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });

/** A person's browser: English, light, of a usual size, unless said otherwise. Errors in the page fail the test by `errors`. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 860 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // The pages of the emulated providers have no icon.
    if (message.location().url.endsWith('/favicon.ico')) return;
    // A 401 of the first question "who is signed in?" is no error of the page.
    if (message.type() === 'error' && !/status of 401/.test(message.text())) errors.push(message.text());
  });
  return { context, page, errors };
}

interface Finding {
  id: string;
  impact: string | null | undefined;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** Two frames, in which a change reaches the page, and the end of what moves then: half-way to another colour nothing can be read well. */
const STANDS_STILL = `
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
    Promise.allSettled(document.getAnimations()
      .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
      .map((animation) => animation.finished))).then(() => undefined)`;

/** What axe finds that is serious or worse (WCAG 2.2 AA and good practice). */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(STANDS_STILL);
  // By the debugger: the policy of the page forbids scripts from elsewhere, and rightly so.
  await page.evaluate(await readFile(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } };
    return (await axe.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join('; ')}`,
    );
}
