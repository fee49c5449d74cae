import { randomBytes } from 'node:crypto';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { MarketplaceClients, type NewMarketplaceClient } from '../../src/access/marketplace-clients.service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { PUBLIC_URL, startAccessApp, type AccessApp } from './access-app';

let database: TestDatabase;
let server: AccessApp;
let client: NewMarketplaceClient;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startAccessApp(database.url);
  client = await server.app.get(MarketplaceClients).create(['https://zoom.example/back'], ['status:read'], 'Zoom');
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

/** fetch would not send such headers. */
function get(url: string, headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => resolve(response.resume()))
      .on('error', reject)
      .end();
  });
}

/** PUBLIC_URL is https with a path; what we listen on is neither. */
test.each([
  ['cut off', ''],
  ['passed on', new URL(PUBLIC_URL).pathname],
])('addresses and cookies are those of PUBLIC_URL, with its path %s, whatever the headers say', async (_, prefix) => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: 'https://zoom.example/back',
    code_challenge: randomBytes(32).toString('base64url'),
    code_challenge_method: 'S256',
  });
  const response = await get(`${server.url}${prefix}/oauth2/authorize?${query.toString()}`, {
    // No address can be made of this one.
    host: 'evil example',
    'x-forwarded-host': 'evil. example',
    'x-forwarded-proto': 'http',
    forwarded: 'host=evil.example',
    cookie: '_session=left-over; _session.sig=x',
  });
  const location = new URL(response.headers.location ?? '');
  expect([response.statusCode, location.origin]).toEqual([303, new URL(PUBLIC_URL).origin]);
  const uid = location.pathname.split('/').at(-1) ?? '';
  expect(location.href).toBe(`${PUBLIC_URL}/oauth/interaction/${uid}`);
  const cookies = (response.headers['set-cookie'] ?? []).filter((line) => !line.includes('.sig='));
  expect(cookies.map((line) => line.split(';')[0])).toEqual([`_interaction=${uid}`, `_interaction_resume=${uid}`]);
  for (const line of response.headers['set-cookie'] ?? [])
    expect(line).toMatch(
      /; path=\/zoom\/oauth(\/interaction|2\/authorize)\/[\w-]+;.*; samesite=lax; secure; httponly$/i,
    );
  expect(JSON.stringify(response.headers)).not.toContain('evil');
  expect(response.headers['cache-control']).toBe('no-store');
});
