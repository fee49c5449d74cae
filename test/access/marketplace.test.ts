import { decodeJwt } from 'jose';
import * as oauth from 'openid-client';
import { Browser, type Page } from '../../sandbox/walk/browser';
import { readForm, unescapeHtml } from '../../sandbox/walk/read-form';
import type { RunningSandbox } from '../../sandbox/server';
import { ApiClients } from '../../src/access/api-clients.service';
import { MarketplaceClients } from '../../src/access/marketplace-clients.service';
import { Keyring } from '../../src/platform/crypto/keyring';
import { retryOnDeadlock } from '../../src/platform/database/retry-on-deadlock';
import { startProgram, type Program } from '../support/program';
import { yesTo } from './yes-to';
import { actionOf, decide, oauthErrorOf, signIn, ZoomCloud, type Asked } from './zoom-cloud';

let program: Program;
let sandbox: RunningSandbox;
let zoom: ZoomCloud;

beforeAll(async () => {
  program = await startProgram({ users: 30 });
  sandbox = program.sandbox;
  zoom = await ZoomCloud.start(program);
});
afterAll(async () => {
  await zoom.stop();
  await program.stop();
});
afterEach(async () => {
  sandbox.control.clearFaults();
  // A first sync may hold its run, and want the connector.
  await retryOnDeadlock(() => program.database.query('delete from connectors'));
});

const call = async (connectorId: string, token: string): Promise<number> =>
  (await program.get(`/v1/connectors/${connectorId}`, token)).status;
const count = async (table: string): Promise<number> =>
  (await program.database.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1;
/** The link below the buttons. */
const otherPerson = ({ html }: Page): string =>
  unescapeHtml(/<a href="([^"]+\/sign-in)">/.exec(html)?.[1] ?? 'no link');
const onlyConnector = async (): Promise<string> => {
  const ids = await program.connectorIds();
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
};

describe('Create Connector → Connect', () => {
  test('leads through CloudLink to the consent and back to Zoom, and the token opens the connector of that account', async () => {
    const asked = await zoom.ask();
    const browser = new Browser();
    const consent = await zoom.signIn(browser, asked);
    expect(consent.status).toBe(200);
    expect(consent.html).toContain('clara.admin@nordwind.example');
    expect(consent.html).toContain('c1000000-0000-4000-8000-000000000001');
    expect(await count('authorizations')).toBe(0);

    const back = new URL((await decide(browser, consent, 'agree')).url);
    expect(`${back.origin}${back.pathname}`).toBe(zoom.redirectUri);
    expect([...back.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state']);
    const tokens = await zoom.redeem(back, asked);

    const connectorId = await onlyConnector();
    expect(tokens).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      scope: zoom.client.scope,
      refresh_token: expect.stringMatching(/^[\w-]{43,}$/),
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      connector_id: connectorId,
      client_id: zoom.client.clientId,
      aud: `${program.url}/v1`,
      scope: zoom.client.scope,
    });
    expect(await call(connectorId, tokens.access_token)).toBe(200);
    expect((await program.database.query('select provider, state from grants')).rows).toEqual([
      { provider: 'cloudlink', state: 'active' },
    ]);
    const { rows } = await program.database.query(
      `select actor_kind, details->>'email' as email from audit_events where action = 'authorization.granted' and connector_id = $1`,
      [connectorId],
    );
    expect(rows).toEqual([{ actor_kind: 'admin', email: 'clara.admin@nordwind.example' }]);
  });

  test('a client that asks for less gets less, and the consent says so', async () => {
    const asked = await zoom.ask({ scope: 'status:read' });
    const browser = new Browser();
    const consent = await zoom.signIn(browser, asked);
    expect(consent.html.match(/<li>/g)).toHaveLength(1);
    const tokens = await zoom.redeem(new URL((await decide(browser, consent, 'agree')).url), asked);
    expect(tokens.scope).toBe('status:read');
    const connectorId = await onlyConnector();
    expect(await call(connectorId, tokens.access_token)).toBe(200);
    expect((await program.get(`/v1/connectors/${connectorId}/audit`, tokens.access_token)).status).toBe(403);
  });

  test('the consent page needs no script, lets nothing in, and speaks German', async () => {
    const asked = await zoom.ask();
    const browser = new Browser();
    const page = await zoom.signIn(browser, asked);
    expect(page.html).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect(page.html.match(/<button /g)).toHaveLength(2);
    expect(page.html).toMatch(/<html lang="en">.*<main><h1>[^<]+<\/h1>/s);
    const headers = { cookie: browser.cookieHeader(new URL(page.url)), 'accept-language': 'de' };
    const german = await fetch(page.url, { headers });
    expect(await german.text()).toMatch(/<html lang="de">.*Zoom mit Mitel CloudLink verbinden.*Abbrechen/s);
    // Chrome holds form-action against the redirect to Zoom, too, and against those that follow at Zoom.
    expect(german.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self' https: ${new URL(zoom.redirectUri).origin}; frame-ancestors 'none'`,
    );
    expect(german.headers.get('cache-control')).toBe('no-store');
    expect(german.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('each Connect signs in anew: the same browser connects another account after the first', async () => {
    const browser = new Browser();
    const one = await zoom.tokens('one.account-admin', browser);
    const two = await zoom.tokens('two.account-admin', browser);
    const [first = '', second = ''] = [one, two].map(({ access_token }) =>
      String(decodeJwt(access_token)['connector_id']),
    );
    expect(first).not.toBe(second);
    expect((await program.connectorIds()).sort()).toEqual([first, second].sort());
    // The other account's connector does not exist for it.
    expect(await call(first, two.access_token)).toBe(404);
    expect(await call(second, one.access_token)).toBe(404);
    expect(await call(second, two.access_token)).toBe(200);
  });

  test('pressing the button twice is one authorization', async () => {
    const asked = await zoom.ask();
    const browser = new Browser();
    const consent = await zoom.signIn(browser, asked);
    const headers = { cookie: browser.cookieHeader(new URL(consent.url)) };
    const press = (): Promise<Response> =>
      fetch(actionOf(consent), {
        method: 'POST',
        redirect: 'manual',
        headers,
        body: new URLSearchParams({ decision: 'agree' }),
      });
    const [first, second] = [await press(), await press()];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await count('authorizations')).toBe(1);
  });
});

describe('who may not', () => {
  test.each([
    ['somebody without a role', 'one.user'],
    ['an admin of a partner', 'one.partner-admin'],
  ])('%s gets a page that says so, nothing is stored, and an admin may go on', async (_, person) => {
    const asked = await zoom.ask();
    const browser = new Browser();
    const page = await zoom.signIn(browser, asked, person);
    expect(page.status).toBe(403);
    expect(page.html).toContain('the CloudLink role ACCOUNT_ADMIN. Nothing was stored.');
    expect([await count('grants'), await count('connectors'), await count('authorizations')]).toEqual([0, 0, 0]);
    const again = unescapeHtml(/<a class="button" href="([^"]+)"/.exec(page.html)?.[1] ?? '');
    expect(again).toContain('/oauth/interaction/');
    const consent = await signIn(browser, await browser.open(again), 'one.account-admin');
    const back = new URL((await decide(browser, consent, 'agree')).url);
    expect((await zoom.redeem(back, asked)).access_token).toBeDefined();
  });

  test('an account that is linked elsewhere is not taken over', async () => {
    expect((await program.connect()).status).toBe(200);
    const browser = new Browser();
    // This browser sets up a connector of the other Zoom account.
    await authoriseZoom(browser, 'two.owner');
    const page = await zoom.signIn(browser, await zoom.ask());
    expect([page.status, page.html.includes('already linked')]).toEqual([409, true]);
    expect(await count('authorizations')).toBe(0);
  });

  test.each([
    [
      'at our page',
      async (browser: Browser, asked: Asked) => decide(browser, await zoom.signIn(browser, asked), 'decline'),
    ],
    ['at CloudLink', (browser: Browser, asked: Asked) => zoom.signIn(browser, asked, 'one.account-admin', 'decline')],
  ])('whoever declines %s is led back to Zoom, which is told', async (_, decline) => {
    const asked = await zoom.ask();
    const back = new URL((await decline(new Browser(), asked)).url);
    expect(`${back.origin}${back.pathname}`).toBe(zoom.redirectUri);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ state: asked.state, iss: program.url });
    expect(await oauthErrorOf(zoom.redeem(back, asked))).toEqual({ error: 'access_denied' });
    expect(await count('authorizations')).toBe(0);
  });

  test('another browser cannot see, decide or finish what one has begun', async () => {
    const asked = await zoom.ask();
    const browser = new Browser();
    const consent = await zoom.signIn(browser, asked);
    const stranger = new Browser();
    expect((await stranger.open(consent.url)).status).toBe(400);
    const { pathname } = new URL(consent.url);
    expect((await stranger.open(`${program.url}${pathname}/sign-in`)).status).toBe(400);
    for (const decision of ['agree', 'decline'])
      expect((await stranger.open(actionOf(consent), new URLSearchParams({ decision }))).status).toBe(400);
    const resume = `${program.url}${pathname.replace('/oauth/interaction/', '/oauth2/authorize/')}`;
    const page = await stranger.open(resume);
    expect([page.status, page.html.includes('begun in another browser')]).toEqual([400, true]);
    expect(await count('authorizations')).toBe(0);
    // It was not harmed by all that.
    expect((await decide(browser, consent, 'agree')).url).toContain('code=');
    // And it is over now, also for the one who has begun.
    expect((await browser.open(resume)).status).toBe(400);
    expect((await browser.open(consent.url)).status).toBe(400);
  });

  test('nobody agrees without having signed in', async () => {
    const { url } = await zoom.ask();
    const browser = new Browser();
    const login = await browser.open(url.href);
    const uid = browser.cookie('_interaction') ?? '';
    expect(uid).not.toBe('');
    expect(login.html).toContain('data-sandbox="cloudlink"');
    const page = await browser.open(
      `${program.url}/oauth/interaction/${uid}`,
      new URLSearchParams({ decision: 'agree' }),
    );
    expect(page.status).toBe(400);
    expect(await count('authorizations')).toBe(0);
    expect((await signIn(browser, login, 'one.account-admin')).url).toMatch(
      new RegExp(`^${program.url}/oauth/interaction/${uid}\\?sign_in=[0-9a-f-]{36}$`),
    );
  });

  test('nobody agrees for a connector that is gone since the sign-in', async () => {
    const browser = new Browser();
    const consent = await zoom.signIn(browser, await zoom.ask());
    await program.database.query(`update connectors set state = 'disconnected'`);
    const page = await decide(browser, consent, 'agree');
    expect([page.status, page.html.includes('Since you have signed in')]).toEqual([400, true]);
    expect(await count('authorizations')).toBe(0);
  });

  test('nobody agrees to what a client asks that was revoked since the sign-in', async () => {
    const other = await ZoomCloud.start(program);
    const browser = new Browser();
    const consent = await other.signIn(browser, await other.ask());
    await program.app.get(MarketplaceClients).revoke(other.client.clientId, { actorKind: 'admin', actorId: 'test' });
    expect((await decide(browser, consent, 'agree')).status).toBe(400);
    expect(await count('authorizations')).toBe(0);
    await other.stop();
  });

  test('nobody agrees for another account than the page shows', async () => {
    const browser = new Browser();
    const one = await zoom.signIn(browser, await zoom.ask(), 'one.account-admin');
    // In another tab, with the link below the buttons.
    const two = await signIn(browser, await browser.open(otherPerson(one)), 'two.account-admin');
    expect((await decide(browser, one, 'agree')).html).toContain('data-sandbox="cloudlink"');
    expect(await count('authorizations')).toBe(0);
    expect((await decide(browser, two, 'agree')).url).toContain('code=');
    const { rows } = await program.database.query(
      'select a.account_id = c.cloudlink_account_id as own, a.account_id from authorizations a join connectors c using (connector_id)',
    );
    expect(rows).toEqual([{ own: true, account_id: expect.not.stringContaining('c1000000') }]);
  });

  // With a browser secret that was put into the victim's browser, by a neighbour of our domain or at a shared computer.
  test('whoever lets somebody else sign in to what they have begun must sign in themselves, and cannot agree', async () => {
    const thief = new Browser();
    const login = await thief.open((await zoom.ask()).url.href);
    const uid = thief.cookie('_interaction') ?? '';
    const form = readForm(login.html);
    const signedIn = await fetch(new URL(form?.action ?? '', login.url), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...form?.hidden, person: 'one.account-admin', decision: 'allow' }),
    });
    const victim = await fetch(signedIn.headers.get('location') ?? '', {
      redirect: 'manual',
      headers: { cookie: `connector_browser=${thief.cookie('connector_browser')}` },
    });
    expect([victim.status, victim.headers.get('location')]).toEqual([303, expect.stringContaining(uid)]);

    const address = `${program.url}/oauth/interaction/${uid}`;
    for (const query of ['', '?sign_in=', `?sign_in=${uid}`]) {
      const seen = await thief.open(`${address}${query}`);
      expect(seen.html).toContain('data-sandbox="cloudlink"');
      const agreed = await thief.open(`${address}${query}`, new URLSearchParams({ decision: 'agree' }));
      expect(agreed.html).toContain('data-sandbox="cloudlink"');
    }
    expect(await count('authorizations')).toBe(0);
  });

  test('a consent that took longer than half an hour is over', async () => {
    const browser = new Browser();
    const consent = await zoom.signIn(browser, await zoom.ask());
    await program.database.query(`update oauth_artifacts set expires_at = now() where model = 'Interaction'`);
    expect((await decide(browser, consent, 'agree')).status).toBe(400);
    expect(await count('authorizations')).toBe(0);
  });
});

/** One side of the old door. */
async function authoriseZoom(
  browser: Browser,
  person = 'one.owner',
  start = `${program.url}/oauth/zoom/start`,
): Promise<void> {
  const page = await browser.open(start);
  const form = readForm(page.html);
  if (form?.side !== 'zoom') throw new Error(`no page of Zoom: ${page.html.slice(0, 500)}`);
  await browser.open(
    new URL(form.action, page.url).href,
    new URLSearchParams({ ...form.hidden, person, decision: 'allow' }),
  );
}

describe('both doors end in the same connector', () => {
  const state = async (): Promise<unknown> =>
    (await program.database.query('select connector_id as id, state from connectors')).rows;
  const opens = async (tokens: { access_token: string }): Promise<unknown> => {
    const id = decodeJwt(tokens.access_token)['connector_id'];
    return { id, answer: await call(String(id), tokens.access_token) };
  };

  test('Mitel’s app store first, then Zoom’s marketplace', async () => {
    expect((await program.connect({ order: 'cloudlink-first' })).status).toBe(200);
    const id = await onlyConnector();
    expect(await opens(await zoom.tokens())).toEqual({ id, answer: 200 });
    expect(await state()).toEqual([{ id, state: 'active' }]);
  });

  test('Zoom’s marketplace first, then our app at Zoom, in the same browser', async () => {
    const browser = new Browser();
    const tokens = await zoom.tokens('one.account-admin', browser);
    const id = await onlyConnector();
    expect(await state()).toEqual([{ id, state: 'pending' }]);
    await authoriseZoom(browser);
    expect(await state()).toEqual([{ id, state: 'active' }]);
    expect(await opens(tokens)).toEqual({ id, answer: 200 });
  });

  test('our app at Zoom first, then Zoom’s marketplace, in the same browser', async () => {
    const browser = new Browser();
    await authoriseZoom(browser);
    const id = await onlyConnector();
    const asked = await zoom.ask();
    const consent = await zoom.signIn(browser, asked);
    expect(consent.html).toContain('linked with the Zoom account nordwindZoomAccount001');
    const tokens = await zoom.redeem(new URL((await decide(browser, consent, 'agree')).url), asked);
    expect(await opens(tokens)).toEqual({ id, answer: 200 });
    expect(await state()).toEqual([{ id, state: 'active' }]);
  });

  test('Zoom’s marketplace first, then our app at Zoom by a link that Zoom’s cloud has asked for, in any browser', async () => {
    const tokens = await zoom.tokens();
    const id = await onlyConnector();
    const response = await fetch(`${program.url}/v1/connectors/${id}/authorize-links`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'zoom' }),
    });
    const { url } = (await response.json()) as { url: string };
    const anyBrowser = new Browser();
    await authoriseZoom(anyBrowser, 'one.owner', yesTo((await anyBrowser.open(url)).html));
    expect(await state()).toEqual([{ id, state: 'active' }]);
    expect(await opens(tokens)).toEqual({ id, answer: 200 });
  });

  test('begun in one browser and done whole in another: Zoom’s next token is for the connector that is left', async () => {
    const tokens = await zoom.tokens();
    const before = await onlyConnector();
    expect((await program.connect({ order: 'zoom-first' })).status).toBe(200);
    const id = await onlyConnector();
    expect(id).not.toBe(before);
    const next = await zoom.refresh(tokens.refresh_token ?? '');
    expect(await opens(next)).toEqual({ id, answer: 200 });
    expect(await state()).toEqual([{ id, state: 'active' }]);
    // The token that names the other one opens nothing any more, not even for the authorization that lives.
    expect(await call(before, tokens.access_token)).toBe(401);
  });
});

describe('requests that are wrong', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['PKCE of an unnamed method, which is plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['a token instead of a code', { response_type: 'token' }, 'invalid_request'],
    ['a kind of answer that there is not', { response_type: 'voucher' }, 'unsupported_response_type'],
    ['a scope that there is not', { scope: 'status:read everything' }, 'invalid_scope'],
    ['an id token', { scope: 'openid' }, 'invalid_scope'],
    ['another audience', { resource: 'https://elsewhere.example' }, 'invalid_target'],
    ['no question', { prompt: 'none' }, 'login_required'],
  ])('%s is told to Zoom', async (_, changes, error) => {
    const { url, state } = await zoom.ask();
    for (const [name, value] of Object.entries(changes))
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    const response = await fetch(url, { redirect: 'manual' });
    const to = new URL(response.headers.get('location') ?? '');
    // Where a token would come, the error comes in the fragment.
    const told = to.hash === '' ? to.searchParams : new URLSearchParams(to.hash.slice(1));
    expect(Object.fromEntries(told)).toMatchObject({ error, state });
  });

  test('a page with the code in it is not to be had', async () => {
    const { url } = await zoom.ask({ response_mode: 'form_post' });
    const response = await fetch(url, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(await response.text()).toContain('value="invalid_request"');
  });

  test.each<[string, Record<string, string>, string]>([
    ['an unknown client', { client_id: 'zcm_00000000000000000000000000000000' }, 'is not known'],
    ['a client id that cannot be one', { client_id: 'zoom' }, 'is not known'],
    ['an address that is not registered', { redirect_uri: 'https://evil.example/' }, 'is not the registered one'],
  ])('%s leads nowhere: a page says so', async (_, changes, text) => {
    const { url } = await zoom.ask();
    for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
    const response = await fetch(url, { redirect: 'manual' });
    const html = await response.text();
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain(text);
  });

  test('an address that only begins like the registered one is not it', async () => {
    const { url } = await zoom.ask();
    for (const redirectUri of [`${zoom.redirectUri}/`, `${zoom.redirectUri}?a=b`, zoom.redirectUri.toUpperCase()]) {
      url.searchParams.set('redirect_uri', redirectUri);
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(400);
    }
  });

  test('a machine client of a connector has no door here', async () => {
    await program.connect();
    const machine = await program.app.get(ApiClients).create(await onlyConnector(), ['status:read']);
    const { url } = await zoom.ask();
    url.searchParams.set('client_id', machine.clientId);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(400);
  });
});

describe('the code', () => {
  test('is refused with another verifier, without one, with another address, for another resource, and by another client, and is still good then', async () => {
    const asked = await zoom.ask();
    const back = await zoom.connect(new Browser(), asked);
    const wrong = await oauthErrorOf(zoom.redeem(back, { ...asked, verifier: oauth.randomPKCECodeVerifier() }));
    expect(wrong).toEqual({ status: 400, error: 'invalid_grant' });
    const form = { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '' };
    expect(await post({ ...form, redirect_uri: zoom.redirectUri })).toMatchObject({ error: 'invalid_grant' });
    expect(await post({ ...form, redirect_uri: `${zoom.redirectUri}x`, code_verifier: asked.verifier })).toMatchObject({
      error: 'invalid_grant',
    });
    const whole = { ...form, redirect_uri: zoom.redirectUri, code_verifier: asked.verifier };
    expect(await post({ ...whole, resource: 'https://elsewhere.example' })).toMatchObject({ error: 'invalid_target' });
    const other = await ZoomCloud.start(program);
    expect(
      await oauthErrorOf(
        oauth.authorizationCodeGrant(other.config, back, {
          expectedState: asked.state,
          pkceCodeVerifier: asked.verifier,
        }),
      ),
    ).toEqual({ status: 400, error: 'invalid_grant' });
    await other.stop();
    expect((await zoom.redeem(back, asked)).access_token).toBeDefined();
  });

  test('dies after a minute', async () => {
    const asked = await zoom.ask();
    const back = await zoom.connect(new Browser(), asked);
    program.clock.advance(61_000);
    expect(await oauthErrorOf(zoom.redeem(back, asked))).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('used twice takes all its tokens with it, also when the second time is late', async () => {
    for (const wait of [0, 3_000_000]) {
      const asked = await zoom.ask();
      const back = await zoom.connect(new Browser(), asked);
      const tokens = await zoom.redeem(back, asked);
      const connectorId = await onlyConnector();
      program.clock.advance(wait);
      if (wait > 0) await ageCodes();
      expect(await call(connectorId, tokens.access_token)).toBe(200);
      expect(await oauthErrorOf(zoom.redeem(back, asked))).toEqual({ status: 400, error: 'invalid_grant' });
      expect(await oauthErrorOf(zoom.refresh(tokens.refresh_token ?? ''))).toMatchObject({ error: 'invalid_grant' });
      program.clock.advance(10_000);
      expect(await call(connectorId, tokens.access_token)).toBe(401);
      expect(await newestEnd()).toBe('code_replayed');
      program.clock.advance(-10_000 - wait);
    }
    expect(program.log()).toContain('a spent code or refresh token came again');
  });
});

/** As if the minute of all codes were long over: oidc-provider goes by the system's clock. */
async function ageCodes(): Promise<void> {
  const keyring = new Keyring(program.config.encryptionKeys);
  const { rows } = await program.database.query<{ id: Buffer; payload: Buffer }>(
    `select id_hash as id, payload from oauth_artifacts where model = 'AuthorizationCode'`,
  );
  for (const { id, payload } of rows) {
    const context = `oauth_artifacts.payload/${id.toString('hex')}`;
    const code = JSON.parse(keyring.open(payload, context).toString()) as { exp: number };
    const aged = keyring.seal(Buffer.from(JSON.stringify({ ...code, exp: code.exp - 3_000_000 })), context);
    await program.database.query('update oauth_artifacts set payload = $2 where id_hash = $1', [id, aged]);
  }
}

const newestEnd = async (): Promise<string | undefined> =>
  (
    await program.database.query<{ reason: string }>(
      `select details->>'reason' as reason from audit_events where action = 'authorization.ended' order by event_id desc limit 1`,
    )
  ).rows[0]?.reason;

/** What openid-client would not send. */
async function post(form: Record<string, string>, path = '/oauth2/token'): Promise<Record<string, unknown>> {
  const { clientId, clientSecret } = zoom.client;
  const response = await fetch(`${program.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  return { status: response.status, ...(text === '' ? {} : (JSON.parse(text) as object)) };
}

describe('the client', () => {
  test('revoked by the operator, it loses all it was allowed, in every connector', async () => {
    const other = await ZoomCloud.start(program);
    const tokens = await other.tokens();
    const kept = await zoom.tokens();
    const connectorId = await onlyConnector();
    await program.app.get(MarketplaceClients).revoke(other.client.clientId, { actorKind: 'admin', actorId: 'test' });
    expect(await oauthErrorOf(other.refresh(tokens.refresh_token ?? ''))).toEqual({
      status: 401,
      error: 'invalid_client',
    });
    program.clock.advance(10_000);
    expect(await call(connectorId, tokens.access_token)).toBe(401);
    expect(await call(connectorId, kept.access_token)).toBe(200);
    expect(await newestEnd()).toBe('client_revoked');
    expect((await program.database.query('select end_reason from authorizations order by created_at')).rows).toEqual([
      { end_reason: 'client_revoked' },
      { end_reason: null },
    ]);
    expect((await fetch((await other.ask()).url, { redirect: 'manual' })).status).toBe(400);
    await other.stop();
  });

  test('has no token without an admin', async () => {
    expect(await oauthErrorOf(oauth.clientCredentialsGrant(zoom.config))).toMatchObject({ error: 'invalid_request' });
  });
});
