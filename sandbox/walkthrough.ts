import { Browser, type Page } from './walk/browser';
import { readForm, readNextStep } from './walk/read-form';

export interface WalkOptions {
  /** Address of the connector. */
  publicUrl: string;
  order?: 'zoom-first' | 'cloudlink-first';
  /** A key of people.ts. */
  zoomPerson?: string;
  cloudlinkPerson?: string;
  /** Where to press Decline. */
  decline?: 'zoom' | 'cloudlink';
  onStep?: (text: string) => void;
}

export interface AuthoriseOptions extends Pick<WalkOptions, 'zoomPerson' | 'cloudlinkPerson' | 'onStep'> {
  /** Any address that leads to a provider's page. */
  startUrl: string;
  /** Press Decline: wherever it leads, or only on this side's page. */
  decline?: boolean | 'zoom' | 'cloudlink';
}

export interface WalkResult {
  finalUrl: string;
  status: number;
  html: string;
}

/**
 * Connects both sides as an admin with a browser would: the connector's start link, the provider's page, its form, back
 * to the connector, its link to the other side, and so on. Ends at the first page that leads nowhere.
 */
export async function walkConnect(options: WalkOptions): Promise<WalkResult> {
  const browser = new Browser(options.onStep);
  const first = options.order === 'cloudlink-first' ? 'cloudlink' : 'zoom';
  let page = await authorise(browser, `${options.publicUrl}/oauth/${first}/start`, options);
  const next = readNextStep(page.html);
  if (next !== undefined) page = await authorise(browser, new URL(next, page.url).href, options);
  return { finalUrl: page.url, status: page.status, html: page.html };
}

/**
 * Authorises one side only, whichever the address leads to, such as a link with which a connector asks for a new
 * authorisation.
 */
export async function walkAuthorise({ startUrl, decline, ...options }: AuthoriseOptions): Promise<WalkResult> {
  const page = await authorise(new Browser(options.onStep), startUrl, { ...options, decline: decline ?? false });
  return { finalUrl: page.url, status: page.status, html: page.html };
}

interface Choices extends Pick<WalkOptions, 'zoomPerson' | 'cloudlinkPerson'> {
  decline?: string | boolean;
}

/** One side, from the start link to the connector's page after the callback. */
async function authorise(browser: Browser, startUrl: string, options: Choices): Promise<Page> {
  const page = await browser.open(startUrl);
  const form = readForm(page.html);
  // The connector's own error page, or the provider's: nothing to fill in.
  if (form === undefined) return page;
  const wanted =
    form.side === 'zoom' ? (options.zoomPerson ?? 'one.owner') : (options.cloudlinkPerson ?? 'one.account-admin');
  if (!form.persons.includes(wanted)) throw new Error(`the ${form.side} page does not offer the person "${wanted}"`);
  const isDeclined = options.decline === true || options.decline === form.side;
  const decision = isDeclined ? 'decline' : 'allow';
  return browser.open(
    new URL(form.action, page.url).href,
    new URLSearchParams({ ...form.hidden, person: wanted, decision }),
  );
}
