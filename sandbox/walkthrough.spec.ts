import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type RunningSandbox } from './server';
import { readForm, readNextStep } from './walk/read-form';
import { walkAuthorise, walkConnect } from './walkthrough';

/** The least that a connector does: two start links, a cookie, two callbacks. */
function fakeConnector(sandbox: RunningSandbox): Server {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [, , side = ''] = url.pathname.split('/');
    const isZoom = side === 'zoom';
    if (url.pathname.endsWith('/start')) {
      const target = new URL(
        isZoom ? `${sandbox.urls.zoomOAuth}/oauth/authorize` : `${sandbox.urls.cloudlinkPortal}/authorize`,
      );
      target.search = new URLSearchParams({
        response_type: 'code',
        client_id: isZoom ? sandbox.credentials.zoomClientId : sandbox.credentials.cloudlinkClientId,
        redirect_uri: `${url.origin}/oauth/${side}/callback`,
        state: 'st&te',
      }).toString();
      response.writeHead(302, { location: target.href, 'set-cookie': `browser=${side}-1; HttpOnly; Path=/` }).end();
      return;
    }
    const other = isZoom ? 'cloudlink' : 'zoom';
    const isSecond = (request.headers.cookie ?? '').includes('done=1');
    const link = isSecond ? '' : `<a class="x" href="/oauth/${other}/start" data-next-step>go on</a>`;
    const seen = `${url.searchParams.get('error') ?? 'ok'} ${url.searchParams.get('state')} ${request.headers.cookie}`;
    const status = url.searchParams.has('error') ? 403 : 200;
    response
      .writeHead(status, { 'set-cookie': 'done=1; Path=/' })
      .end(`<p>${side} ${seen}</p>${status === 200 ? link : ''}`);
  });
  return server;
}

describe('walkConnect', () => {
  let sandbox: RunningSandbox;
  let connector: Server;
  let publicUrl: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 5 });
    connector = fakeConnector(sandbox);
    await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
    publicUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    connector.closeAllConnections();
    await new Promise((resolve) => connector.close(resolve));
    await sandbox.stop();
  });

  it.each([
    ['zoom-first', 'cloudlink'],
    ['cloudlink-first', 'zoom'],
  ] as const)('walks %s through both sides with state and cookies', async (order, last) => {
    const steps: string[] = [];
    const { status, html, finalUrl } = await walkConnect({ publicUrl, order, onStep: (step) => steps.push(step) });
    expect(status).toBe(200);
    expect(html).toContain(`<p>${last} ok st&te browser=${last}-1; done=1</p>`);
    expect(new URL(finalUrl).pathname).toBe(`/oauth/${last}/callback`);
    expect(steps).toHaveLength(8);
    expect(steps.join('\n')).not.toContain('code=');
  });

  it('presses Decline where it is told to', async () => {
    const result = await walkConnect({ publicUrl, decline: 'zoom' });
    expect(result.status).toBe(403);
    expect(result.html).toContain('zoom access_denied st&te');
  });

  it('ends on the provider’s page when that refuses', async () => {
    const result = await walkConnect({ publicUrl, zoomPerson: 'one.member' });
    expect(result.status).toBe(403);
    expect(result.html).toContain('An account admin is required');
  });

  it.each(['zoom', 'cloudlink'])('authorises the one side %s from its own link', async (side) => {
    const people = { zoomPerson: 'one.admin', cloudlinkPerson: 'one.second-admin' };
    const steps: string[] = [];
    const startUrl = `${publicUrl}/oauth/${side}/start?link=signed`;
    const result = await walkAuthorise({ startUrl, ...people, onStep: (step) => steps.push(step) });
    expect(result.status).toBe(200);
    expect(result.html).toContain(`<p>${side} ok st&te browser=${side}-1</p>`);
    expect(steps).toHaveLength(4);
    await expect(walkAuthorise({ startUrl, zoomPerson: 'nobody', cloudlinkPerson: 'nobody' })).rejects.toThrow(
      'does not offer the person "nobody"',
    );
  });

  it('declines on one side', async () => {
    const startUrl = `${publicUrl}/oauth/cloudlink/start`;
    expect((await walkAuthorise({ startUrl, decline: true })).html).toContain('cloudlink access_denied st&te');
    expect((await walkAuthorise({ startUrl, decline: 'cloudlink' })).status).toBe(403);
    expect((await walkAuthorise({ startUrl, decline: 'zoom' })).status).toBe(200);
  });

  it('does not press on for a person who is not offered', async () => {
    await expect(walkConnect({ publicUrl, zoomPerson: 'nobody' })).rejects.toThrow(
      'does not offer the person "nobody"',
    );
  });
});

describe('reading pages', () => {
  it('finds the next step in any order of attributes, and only the marked link', () => {
    expect(readNextStep('<a href="/a">x</a><a data-next-step href="/b?x=1&amp;y=2">y</a>')).toBe('/b?x=1&y=2');
    expect(readNextStep('<a href="/a">x</a>')).toBeUndefined();
  });

  it('sees no form where there is none of ours', () => {
    expect(readForm('<form action="/login"><input name="a" type="hidden" value="b"></form>')).toBeUndefined();
  });
});
