import { ReauthorizeLinks } from '../../src/oauth/reauthorize-links';
import type { Provider } from '../../src/oauth/provider';
import { freePort } from '../support/free-port';
import { startProgram, type Program } from '../support/program';
import { arrivalOf, ConsoleBrowser, type Side } from './console-browser';
import { yesTo } from './yes-to';

/** The way through a provider and back to the console: sign-in and set-up are one door. */
describe('signing in', () => {
  let program: Program;
  let admin: ConsoleBrowser;

  beforeEach(async () => {
    program = await startProgram({ users: 10, role: 'api' });
    admin = new ConsoleBrowser(program);
  });
  afterEach(() => program.stop());

  const connectors = async (): Promise<unknown[]> =>
    (
      await program.database.query(
        `select connector_id as id, state, zoom_account_id is not null as zoom, cloudlink_account_id is not null as cloudlink
         from connectors order by created_at`,
      )
    ).rows;
  const start = (side: Side): string => `${program.url}/oauth/${side}/start?to=console`;
  /** As the wizard opens the other side. */
  async function wizardLink(side: Side, by = admin): Promise<string> {
    const path = `/v1/connectors/${await by.connectorId()}/authorize-links`;
    const { status, body } = await by.call('POST', path, { body: { provider: side } });
    expect(status).toBe(201);
    return `${String(body['url'])}&to=console`;
  }
  const stateOf = async (by = admin): Promise<unknown> =>
    (await by.call('GET', `/v1/connectors/${await by.connectorId()}`)).body['state'];
  const PERSON: Record<Side, string> = { zoom: 'one.owner', cloudlink: 'one.account-admin' };
  const OTHER: Record<Side, Side> = { zoom: 'cloudlink', cloudlink: 'zoom' };

  it.each(['zoom', 'cloudlink'] as const)('sets up a connector, %s first, and ends active', async (side) => {
    expect(await admin.signIn(side, PERSON[side])).toEqual({ provider: side, result: 'signed_in' });
    expect(await connectors()).toMatchObject([{ state: 'pending', zoom: side === 'zoom' }]);
    expect(await stateOf()).toBe('pending');
    const connectorId = await admin.connectorId();
    const other = OTHER[side];
    const link = await wizardLink(other);
    expect(await admin.arrive(link, PERSON[other])).toEqual({ provider: other, result: 'signed_in' });
    expect(await connectors()).toEqual([{ id: connectorId, state: 'active', zoom: true, cloudlink: true }]);
    expect(await stateOf()).toBe('active');
    expect((await admin.call('GET', '/v1/session')).body).toMatchObject({ connectorId, admin: { provider: other } });
  });

  it.each(['zoom', 'cloudlink'] as const)(
    'is resumable by signing in again at %s, which is linked already, in another browser and a day later',
    async (side) => {
      await admin.signIn(side, PERSON[side]);
      const connectorId = await admin.connectorId();
      program.clock.advance(24 * 3_600_000);
      const later = new ConsoleBrowser(program);
      expect(await later.signIn(side, PERSON[side])).toEqual({ provider: side, result: 'signed_in' });
      expect(await later.connectorId()).toBe(connectorId);
      const other = OTHER[side];
      await later.arrive(await wizardLink(other, later), PERSON[other]);
      expect(await connectors()).toEqual([{ id: connectorId, state: 'active', zoom: true, cloudlink: true }]);
    },
  );

  it('comes back to the console with a code, whatever goes wrong, and without a session', async () => {
    expect(await admin.signIn('zoom', 'one.owner', 'decline')).toEqual({ provider: 'zoom', error: 'oauth_declined' });
    expect(await admin.signIn('zoom', 'one.admin-without-psi')).toEqual({ provider: 'zoom', error: 'missing_role' });
    expect(await admin.signIn('cloudlink', 'one.user')).toEqual({ provider: 'cloudlink', error: 'missing_role' });
    program.sandbox.control.setFault({ kind: 'zoom.permissions', fault: '500' });
    expect(await admin.signIn('zoom', 'one.owner')).toMatchObject({ error: 'provider_unavailable' });
    program.sandbox.control.clearFaults();
    expect(admin.cookie).toBeUndefined();
    const broken = `${start('zoom')}&connector=nonsense&signature=x`;
    expect(await admin.arrive(broken)).toEqual({ provider: 'zoom', error: 'link_invalid' });
    expect(await connectors()).toEqual([]);
    // Without the wish, a page says it, as ever.
    const page = await admin.go(`${program.url}/oauth/zoom/start`, 'one.owner', 'decline');
    expect([page.status, page.url]).toEqual([403, expect.stringContaining('/oauth/zoom/callback')]);
    const nowhere = await admin.go(`${program.url}/oauth/teams/start?to=console`);
    expect([nowhere.status, nowhere.html]).toEqual([404, expect.stringContaining('no such provider')]);
  });

  it('comes back to the console from another browser, from a page that was reloaded, and too late', async () => {
    const callbackOf = async (): Promise<{ callback: string; cookie: string }> => {
      const first = await fetch(start('zoom'), { redirect: 'manual' });
      const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      const consent = await fetch(first.headers.get('location') ?? '');
      const html = await consent.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')],
      );
      const allowed = await fetch(new URL(action, consent.url), {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams([...hidden, ['person', 'one.owner'], ['decision', 'allow']]),
      });
      return { callback: allowed.headers.get('location') ?? '', cookie };
    };
    const open = async (callback: string, cookie?: string): Promise<unknown> => {
      const answer = await fetch(callback, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });
      expect(answer.status).toBe(303);
      const url = answer.headers.get('location') ?? '';
      const hasSession = answer.headers.getSetCookie().some((line) => line.startsWith('connector_session='));
      return { ...arrivalOf({ url }, program.url), hasSession };
    };
    const refused = { provider: 'zoom', error: 'oauth_state_invalid', hasSession: false };
    const { callback, cookie } = await callbackOf();
    expect(await open(callback)).toEqual(refused);
    expect(await open(callback, cookie)).toEqual({ provider: 'zoom', result: 'signed_in', hasSession: true });
    expect(await open(callback, cookie)).toEqual(refused);
    const late = await callbackOf();
    program.clock.advance(16 * 60_000);
    expect(await open(late.callback, late.cookie)).toEqual(refused);
    // A forged one is nobody's: nothing tells that it is about the console.
    expect((await fetch(`${program.url}/oauth/zoom/callback?code=a&state=${'A'.repeat(43)}`)).status).toBe(400);
  });

  it('goes on with the link when the wrong account came back, or nobody', async () => {
    await admin.signIn('zoom', 'one.owner');
    const link = await wizardLink('cloudlink');
    expect(await admin.arrive(link, undefined, 'decline')).toEqual({ provider: 'cloudlink', error: 'oauth_declined' });
    expect(await admin.arrive(link, 'one.user')).toEqual({ provider: 'cloudlink', error: 'missing_role' });
    // Still signed in as before.
    expect(await stateOf()).toBe('pending');
    expect(await admin.arrive(link, 'one.account-admin')).toEqual({ provider: 'cloudlink', result: 'signed_in' });
    expect(await admin.arrive(await wizardLink('zoom'), 'two.owner')).toEqual({
      provider: 'zoom',
      error: 'wrong_account',
    });
    expect(await stateOf()).toBe('active');
  });

  it('does not join two accounts because one browser has signed in at both', async () => {
    await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'two.account-admin' });
    const [theirs = ''] = await program.connectorIds();
    await admin.signIn('zoom', 'one.owner');
    const mine = await admin.connectorId();
    // An active connector of another account: simply there, without a conflict.
    expect(await admin.signIn('cloudlink', 'two.account-admin')).toEqual({
      provider: 'cloudlink',
      result: 'signed_in',
    });
    expect(await admin.connectorId()).toBe(theirs);
    expect(await admin.call('GET', `/v1/connectors/${mine}`)).toMatchObject({ status: 404 });
    await admin.signIn('cloudlink', 'one.account-admin');
    expect(await connectors()).toMatchObject([{ id: theirs }, { id: mine, cloudlink: false }, { zoom: false }]);
  });

  it('brings two halves together by the link, and the session of the half that is gone with it', async () => {
    const other = new ConsoleBrowser(program);
    await other.signIn('cloudlink', 'one.account-admin');
    const half = await other.connectorId();
    await admin.signIn('zoom', 'one.owner');
    const mine = await admin.connectorId();
    expect(half).not.toBe(mine);
    expect(await admin.arrive(await wizardLink('cloudlink'), 'one.account-admin')).toEqual({
      provider: 'cloudlink',
      result: 'signed_in',
    });
    expect(await connectors()).toEqual([{ id: mine, state: 'active', zoom: true, cloudlink: true }]);
    expect((await other.call('GET', '/v1/session')).status).toBe(401);
    expect(await admin.connectorId()).toBe(mine);
    await other.signIn('cloudlink', 'one.account-admin');
    expect(await other.connectorId()).toBe(mine);
  });

  it('refuses an account that is linked elsewhere, and the session stays where it was', async () => {
    await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'two.account-admin' });
    await admin.signIn('zoom', 'one.owner');
    const mine = await admin.connectorId();
    expect(await admin.arrive(await wizardLink('cloudlink'), 'two.account-admin')).toEqual({
      provider: 'cloudlink',
      error: 'account_already_linked',
    });
    expect(await admin.connectorId()).toBe(mine);
    expect(await stateOf()).toBe('pending');
  });

  it('asks whoever opens a link to a side without an account, and takes a yes from that browser alone', async () => {
    await admin.signIn('zoom', 'one.owner');
    const mine = await admin.connectorId();
    const link = await wizardLink('cloudlink');
    const stranger = new ConsoleBrowser(program);
    const page = await stranger.go(link, 'one.account-admin');
    expect([page.status, new URL(page.url).pathname]).toEqual([200, '/oauth/cloudlink/start']);
    expect(page.html).toContain('Link your Mitel CloudLink account?');
    expect(page.html).toContain('Olga.Owner@nordwind.example');
    expect(await connectors()).toMatchObject([{ id: mine, cloudlink: false }]);
    const yes = yesTo(page.html);
    // Sent along, it is nobody's yes; nor is one for another connector, or one that was made up.
    const third = new ConsoleBrowser(program);
    expect((await third.go(yes, 'one.account-admin')).html).toContain('Link your Mitel CloudLink account?');
    expect((await stranger.go(`${link}&confirmed=AAAA`)).html).toContain('Link your Mitel CloudLink account?');
    expect(await connectors()).toMatchObject([{ id: mine, cloudlink: false }]);
    expect(await stranger.arrive(yes, 'one.account-admin')).toEqual({ provider: 'cloudlink', result: 'signed_in' });
    expect(await connectors()).toEqual([{ id: mine, state: 'active', zoom: true, cloudlink: true }]);
    // A side that has its account needs no question: no other account gets in.
    const again = await wizardLink('cloudlink');
    expect(await third.arrive(again, 'one.account-admin')).toMatchObject({ provider: 'cloudlink' });
  });

  it('leaves what the same browser is setting up by the pages as it was', async () => {
    const { browser } = admin;
    await admin.go(`${program.url}/oauth/zoom/start`, 'one.owner');
    await admin.signIn('zoom', 'two.owner');
    const two = await admin.connectorId();
    const page = await admin.go(`${program.url}/oauth/cloudlink/start`, 'one.account-admin');
    expect(page.status).toBe(200);
    const rows = await connectors();
    expect(rows).toMatchObject([
      { state: 'active', zoom: true, cloudlink: true },
      { id: two, cloudlink: false },
    ]);
    expect(browser.cookie('connector_browser')).toBeDefined();
  });

  it('by the pages of the flow signs in, too, and shows the way to the console', async () => {
    await admin.go(`${program.url}/oauth/zoom/start`, 'one.owner');
    const page = await admin.go(`${program.url}/oauth/cloudlink/start`, 'one.account-admin');
    expect(page.html).toContain(`href="${program.url}/"`);
    expect((await admin.call('GET', '/v1/session')).body).toMatchObject({ admin: { provider: 'cloudlink' } });
  });

  it('keeps a colleague’s consent as a standby; a service client in use changes nothing', async () => {
    await program.connect();
    const [connectorId = ''] = await program.connectorIds();
    await admin.signIn('cloudlink', 'one.account-admin');
    expect((await admin.call('PUT', `/v1/connectors/${connectorId}/service-client`)).status).toBe(200);
    expect((await admin.call('GET', '/v1/session')).status).toBe(200);
    const colleague = new ConsoleBrowser(program);
    expect(await colleague.signIn('cloudlink', 'one.second-admin')).toEqual({
      provider: 'cloudlink',
      result: 'standby',
    });
    expect(await admin.signIn('cloudlink', 'one.account-admin')).toEqual({ provider: 'cloudlink', result: 'standby' });
    expect(await stateOf()).toBe('active');
  });

  it('by the link of a mail renews what had died', async () => {
    await program.connect();
    const [connectorId = ''] = await program.connectorIds();
    await program.database.query(
      `update grants set state = 'dead', dead_reason = 'invalid_grant', dead_at = now(), access_token = null, refresh_token = null where provider = 'zoom'`,
    );
    await program.database.query(`update connectors set state = 'reauthorization_required'`);
    const link = program.app
      .get(ReauthorizeLinks, { strict: false })
      .linkFor(connectorId, 'zoom' satisfies Provider).url;
    expect(await admin.arrive(`${link}&to=console`, 'one.second-admin')).toEqual({
      provider: 'zoom',
      result: 'signed_in',
    });
    expect(await stateOf()).toBe('active');
  });

  it('keeps the wish when localhost is led to the public address', async () => {
    const { port } = new URL(program.url);
    const answer = await fetch(`http://localhost:${port}/oauth/zoom/start?to=console&as=one.owner`, {
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      `${program.url}/oauth/zoom/start?to=console&as=one.owner`,
    ]);
  });

  describe('in sandbox mode', () => {
    const offered = async (): Promise<unknown> => (await admin.call('GET', '/v1/sign-in')).body;

    it('offers who may sign in at present, and the provider’s page suggests whom the link names', async () => {
      const keys = ((await offered()) as { sandbox: { admins: { key: string; provider: string; role: string }[] } })
        .sandbox.admins;
      expect(keys.map(({ provider, key }) => `${provider} ${key}`)).toEqual([
        'zoom one.owner',
        'zoom one.admin',
        'zoom one.second-admin',
        'zoom two.owner',
        'zoom two.admin',
        'zoom two.second-admin',
        'cloudlink one.account-admin',
        'cloudlink one.second-admin',
        'cloudlink one.partner-admin',
        'cloudlink two.account-admin',
        'cloudlink two.second-admin',
        'cloudlink two.partner-admin',
      ]);
      expect(JSON.stringify(keys)).not.toContain('password');
      await admin.signIn('cloudlink', 'two.second-admin');
      expect((await admin.call('GET', '/v1/session')).body).toMatchObject({
        admin: { email: 'dora.admin@suedstern.example', provider: 'cloudlink', role: 'ACCOUNT_ADMIN' },
      });
      program.sandbox.control.removePerson('zoom', 'one.owner');
      expect(JSON.stringify(await offered())).not.toContain('one.owner');
      // Nothing but a key of a person, and nobody else's business.
      await expect(admin.signIn('zoom', '%22%3E%3Cscript%3E')).resolves.toMatchObject({ result: 'signed_in' });
    });
  });

  it('with real providers suggests nobody to them and tells of nobody', async () => {
    const real = await startProgram({
      sandbox: program.sandbox,
      role: 'api',
      env: realEnvironment(program, await freePort()),
    });
    try {
      expect(await new ConsoleBrowser(real).call('GET', '/v1/sign-in')).toMatchObject({
        status: 200,
        body: { sandbox: null },
      });
      for (const side of ['zoom', 'cloudlink'] as const) {
        const answer = await fetch(`${real.url}/oauth/${side}/start?to=console&as=one.owner`, { redirect: 'manual' });
        expect(answer.headers.get('location')).toContain('state=');
        expect(answer.headers.get('location')).not.toContain('one.owner');
      }
    } finally {
      await real.stop();
    }
  });
});

/** The sandbox dressed up as real providers: what matters is that ZOOM_CLIENT_ID is set. */
const realEnvironment = ({ sandbox }: Program, port: number): Record<string, string> => ({
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  ZOOM_CLIENT_ID: 'zoom',
  ZOOM_CLIENT_SECRET: 'zoom-secret',
  ZOOM_WEBHOOK_SECRET: 'zoom-webhook-secret',
  CLOUDLINK_CLIENT_ID: 'cloudlink',
  ZOOM_OAUTH_URL: sandbox.urls.zoomOAuth,
  CLOUDLINK_PORTAL_URL: sandbox.urls.cloudlinkPortal,
});
