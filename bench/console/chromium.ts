import { existsSync } from 'node:fs';
import { chromium, type BrowserContext } from 'playwright-core';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const LIMIT_MS = 60_000;

export const chromiumLacks = (): string | undefined =>
  existsSync(EXECUTABLE)
    ? undefined
    : `there is no ${EXECUTABLE}: install Debian's package chromium, or name another one in CHROMIUM.`;

/** Chromium without a screen; `open` gives a browser of a person who has never been here, with an empty cache. */
export async function withBrowser<T>(work: (open: () => Promise<BrowserContext>) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
  try {
    return await work(async () => {
      const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
      context.setDefaultTimeout(LIMIT_MS);
      return context;
    });
  } finally {
    await browser.close();
  }
}
