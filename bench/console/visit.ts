import type { BrowserContext, Page } from 'playwright-core';

/** Between two letters of somebody who types fast. */
const LETTER_MS = 90;
/** After the last letter: the pause that the page waits for, the answer, and its rows. */
const SETTLED_MS = 1_500;

/** Runs in the page from its begin: keeps its long tasks, and when a link was clicked. */
const WATCH = `
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  addEventListener('click', ({ timeStamp }) => { window.clickedAt = timeStamp; }, true);
  // Painted: a task that was asked for in the frame that has the rows runs after it.
  const look = () => {
    if (window.rowsAt === undefined && document.querySelector('[role="row"][aria-rowindex="2"]') !== null) {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.rowsAt = performance.now(); };
      channel.port2.postMessage(undefined);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

/** What one person does in the console, and what the browser noticed. */
export class Visit {
  private constructor(
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly url: string,
  ) {}

  static async begin(open: () => Promise<BrowserContext>, url: string): Promise<Visit> {
    const context = await open();
    await context.addInitScript(WATCH);
    return new Visit(context, await context.newPage(), url);
  }

  end(): Promise<void> {
    return this.context.close();
  }

  /** Bytes over the wire, heads included, of all that the first page asks for. Ends the visit. */
  async transferOf(encoding: 'gzip' | 'br'): Promise<number> {
    const session = await this.context.newCDPSession(this.page);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await session.send('Network.enable');
    await session.send('Network.setExtraHTTPHeaders', { headers: { 'Accept-Encoding': encoding } });
    const encodings = new Set<string | undefined>();
    session.on('Network.responseReceived', ({ response, type }) => {
      if (type === 'Script') encodings.add(response.headers['content-encoding']);
    });
    await this.page.goto(this.url, { waitUntil: 'networkidle' });
    await this.end();
    if (encodings.size !== 1 || !encodings.has(encoding)) throw new Error(`scripts came as ${[...encodings].join()}`);
    return bytes;
  }

  async signIn(): Promise<void> {
    await this.page.goto(this.url);
    await this.page.locator('a[href*="as=one.owner"]').click();
    await this.page.locator('button[value="allow"]').click();
    await this.page.locator('nav').waitFor();
    await this.page.waitForLoadState('networkidle');
  }

  /** @returns milliseconds from the click to the first rows on the screen */
  async openUsers(): Promise<number> {
    await this.page.locator('nav a[href="#/users"]').click();
    await this.page.locator('[role="row"][aria-rowindex="2"]').waitFor();
    await this.page.waitForTimeout(100);
    return this.page.evaluate<number>('window.rowsAt - window.clickedAt');
  }

  untilLive(): Promise<void> {
    return this.page.getByText('Live', { exact: true }).waitFor();
  }

  /** Letter by letter, takes them back, and types something else, so that the list shrinks and grows. */
  async type(...words: string[]): Promise<void> {
    const search = this.page.getByRole('searchbox');
    for (const word of words) {
      await search.pressSequentially(word, { delay: LETTER_MS });
      await this.settle();
      for (let n = 0; n < word.length; n += 1) await search.press('Backspace', { delay: LETTER_MS });
      await this.settle();
    }
  }

  /** Milliseconds; 0: none above 50, below which the browser counts none. */
  async longestTaskWhile(work: () => Promise<void>): Promise<number> {
    await this.settle();
    const began = await this.page.evaluate<number>('performance.now()');
    await work();
    // What has just been done may still be at work in the page.
    await this.settle();
    const tasks = await this.page.evaluate<{ startTime: number; duration: number }[]>('window.longTasks');
    return Math.max(0, ...tasks.filter(({ startTime }) => startTime >= began).map(({ duration }) => duration));
  }

  private settle(): Promise<void> {
    return this.page.waitForTimeout(SETTLED_MS);
  }
}
