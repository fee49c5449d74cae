import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oauth from 'openid-client';
import { Browser, type Page } from '../../sandbox/walk/browser';
import { readForm, unescapeHtml } from '../../sandbox/walk/read-form';
import { MarketplaceClients, type NewMarketplaceClient } from '../../src/access/marketplace-clients.service';
import { SCOPES, type Scope } from '../../src/access/principal';
import type { Program } from '../support/program';

export type Tokens = oauth.TokenEndpointResponse & oauth.TokenEndpointResponseHelpers;

/** What Zoom remembers of a "Connect" until the browser is back. */
export interface Asked {
  url: URL;
  state: string;
  verifier: string;
}

export interface ConsentPage extends Page {
  action: string;
}

/** Zoom's cloud, as an OAuth client that somebody else has written: openid-client, with a redirect address of its own. */
export class ZoomCloud {
  private constructor(
    private readonly server: Server,
    readonly redirectUri: string,
    readonly client: NewMarketplaceClient,
    readonly config: oauth.Configuration,
  ) {}

  static async start(program: Program, scopes: readonly Scope[] = SCOPES): Promise<ZoomCloud> {
    const server = createServer((_, response) => response.end('<h1>Zoom</h1>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/connected`;
    const client = await program.app.get(MarketplaceClients).create([redirectUri], scopes, 'Zoom');
    const config = await discover(program.url, client.clientId, client.clientSecret);
    return new ZoomCloud(server, redirectUri, client, config);
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  /** The address that "Connect" leads to. */
  async ask(parameters: Record<string, string> = {}): Promise<Asked> {
    const verifier = oauth.randomPKCECodeVerifier();
    const state = oauth.randomState();
    const url = oauth.buildAuthorizationUrl(this.config, {
      redirect_uri: this.redirectUri,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...parameters,
    });
    return { url, state, verifier };
  }

  /** From "Connect" through the sign-in: to the consent page, or whatever comes instead. */
  async signIn(browser: Browser, asked: Asked, person = 'one.account-admin', decision = 'allow'): Promise<Page> {
    return signIn(browser, await browser.open(asked.url.href), person, decision);
  }

  /** The whole way of an admin. @returns the address that Zoom is called back with */
  async connect(browser: Browser, asked: Asked, person?: string): Promise<URL> {
    const page = await this.signIn(browser, asked, person);
    return new URL((await decide(browser, page, 'agree')).url);
  }

  redeem(back: URL, { state, verifier }: Asked): Promise<Tokens> {
    return oauth.authorizationCodeGrant(this.config, back, { expectedState: state, pkceCodeVerifier: verifier });
  }

  /** Connects and fetches the tokens. */
  async tokens(person?: string, browser = new Browser()): Promise<Tokens> {
    const asked = await this.ask();
    return this.redeem(await this.connect(browser, asked, person), asked);
  }

  refresh(refreshToken: string, parameters?: Record<string, string>): Promise<Tokens> {
    return oauth.refreshTokenGrant(this.config, refreshToken, parameters);
  }
}

export function discover(url: string, clientId: string, clientSecret: string): Promise<oauth.Configuration> {
  return oauth.discovery(new URL(url), clientId, undefined, oauth.ClientSecretBasic(clientSecret), {
    algorithm: 'oauth2',
    execute: [oauth.allowInsecureRequests],
  });
}

/** Fills in CloudLink's login page. */
export function signIn(browser: Browser, page: Page, person: string, decision = 'allow'): Promise<Page> {
  const form = readForm(page.html);
  if (form?.side !== 'cloudlink')
    throw new Error(`no login page: ${page.status} ${page.url} ${page.html.slice(0, 900)}`);
  return browser.open(new URL(form.action, page.url).href, new URLSearchParams({ ...form.hidden, person, decision }));
}

/** Presses a button of our consent page. */
export function decide(browser: Browser, page: Page, decision: 'agree' | 'decline'): Promise<Page> {
  if (!page.html.includes(`name="decision" value="${decision}"`)) throw noConsentPage(page);
  return browser.open(actionOf(page), new URLSearchParams({ decision }));
}

/** Where the form of our consent page goes. */
export function actionOf(page: Page): string {
  const action = /<form method="post" action="([^"]+)">/.exec(page.html)?.[1];
  if (action === undefined) throw noConsentPage(page);
  return unescapeHtml(action);
}

const noConsentPage = ({ status, url, html }: Page): Error =>
  new Error(`no consent page: ${status} ${url} ${html.slice(0, 900)}`);

/** The OAuth error that a call ends with, as Zoom's cloud sees it. */
export async function oauthErrorOf(work: Promise<unknown>): Promise<{ status?: number; error: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) return { status: error.status, error: error.error };
    if (error instanceof oauth.WWWAuthenticateChallengeError)
      return { status: error.status, error: error.cause[0]?.parameters.error ?? '' };
    if (error instanceof oauth.AuthorizationResponseError) return { error: error.error };
    throw error;
  }
  return { error: 'none' };
}
