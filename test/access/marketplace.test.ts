import * as oauth from 'openid-client';
import { decodeJwt } from 'jose';
import { Browser } from '../../sandbox/walk/browser';
import { CLIENT_STATUS_SECONDS } from '../../src/access/client-status';
import { startProgram, type Program } from '../support/program';
import { decide, oauthErrorOf, ZoomCloud } from './zoom-cloud';

let program: Program;
let zoom: ZoomCloud;

beforeAll(async () => {
  program = await startProgram({ users: 30 });
  zoom = await ZoomCloud.start(program);
});
afterAll(async () => {
  await zoom.stop();
  await program.stop();
});
afterEach(async () => {
  await program.database.query('delete from connectors');
});

const statusOf = async (connectorId: string, token: string): Promise<number> =>
  (await program.get(`/v1/connectors/${connectorId}`, token)).status;

test('connect, call, refresh', async () => {
  const asked = await zoom.ask();
  const browser = new Browser();
  const consent = await zoom.signIn(browser, asked);
  expect(consent.status).toBe(200);
  const back = new URL((await decide(browser, consent, 'agree')).url);
  expect(back.href.startsWith(`${zoom.redirectUri}?`)).toBe(true);
  const tokens = await zoom.redeem(back, asked);
  const [connectorId = ''] = await program.connectorIds();
  expect(decodeJwt(tokens.access_token)).toMatchObject({ connector_id: connectorId, client_id: zoom.client.clientId });
  expect(await statusOf(connectorId, tokens.access_token)).toBe(200);
  const next = await zoom.refresh(tokens.refresh_token ?? '');
  expect(await statusOf(connectorId, next.access_token)).toBe(200);
  program.clock.advance(CLIENT_STATUS_SECONDS * 1000);
  expect(await oauthErrorOf(zoom.refresh(tokens.refresh_token ?? ''))).toEqual({ status: 400, error: 'invalid_grant' });
  void oauth;
});
