import { Browser, type Page } from '../../sandbox/walk/browser';
import { readForm } from '../../sandbox/walk/read-form';
import { SESSION_COOKIE } from '../../src/access/sessions/session-cookie';
import type { Program } from '../support/program';

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export type Side = 'zoom' | 'cloudlink';

/** What the console does over HTTP: signs in, keeps the cookie, sends the CSRF token. */
export class ConsoleBrowser {
  readonly browser = new Browser();
  csrfToken: string | undefined;

  constructor(private readonly program: Pick<Program, 'url'>) {}

  /** From a start address through the provider's page to where the browser ends up. */
  async go(startUrl: string, person?: string, decision: 'allow' | 'decline' = 'allow'): Promise<Page> {
    const page = await this.browser.open(startUrl);
    const form = readForm(page.html);
    if (form === undefined) return page;
    const chosen = person ?? /value="([^"]+)" checked/.exec(page.html)?.[1] ?? '';
    return this.browser.open(
      new URL(form.action, page.url).href,
      new URLSearchParams({ ...form.hidden, person: chosen, decision }),
    );
  }

  /** The console's sign-in button, or one of the sandbox admins. @returns what the hash of the address says */
  async signIn(side: Side, person?: string, decision?: 'allow' | 'decline'): Promise<Record<string, string>> {
    const as = person === undefined ? '' : `&as=${person}`;
    return this.arrive(`${this.program.url}/oauth/${side}/start?to=console${as}`, undefined, decision);
  }

  /** Any address that is to end at the console. */
  async arrive(startUrl: string, person?: string, decision?: 'allow' | 'decline'): Promise<Record<string, string>> {
    const arrival = arrivalOf(await this.go(startUrl, person, decision), this.program.url);
    this.csrfToken = undefined;
    const session = this.cookie === undefined ? undefined : await this.call('GET', '/v1/session');
    if (session?.status === 200) this.csrfToken = session.body['csrfToken'] as string;
    return arrival;
  }

  get cookie(): string | undefined {
    return this.browser.cookie(SESSION_COOKIE);
  }

  /** As the console's own page would send it. */
  async call(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const url = new URL(`${this.program.url}${path}`);
    const cookie = this.browser.cookieHeader(url);
    const response = await fetch(url, {
      method,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(this.csrfToken === undefined ? {} : { 'x-csrf-token': this.csrfToken }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }

  async connectorId(): Promise<string> {
    return String((await this.call('GET', '/v1/session')).body['connectorId']);
  }
}

/** `#/arrived?…` as the console reads it, without the reference. @throws Error when the browser ended elsewhere */
export function arrivalOf({ url }: Pick<Page, 'url'>, publicUrl: string): Record<string, string> {
  const start = `${publicUrl}/#/arrived?`;
  if (!url.startsWith(start)) throw new Error(`the browser ended at ${url.split('?')[0] ?? ''}`);
  const { reference, ...rest } = Object.fromEntries(new URLSearchParams(url.slice(start.length)));
  if ((reference === undefined) === 'error' in rest) throw new Error('an error has a reference, and nothing else has');
  return rest;
}
