import { failed, registered, UsersApp } from './users-app';

describe('statuses, read often and many at once', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
  });
  afterAll(() => users.stop());

  const ask = async (email: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${users.url}/v1/connectors/${users.connectorId}/users/${encodeURIComponent(email)}/status`, {
      headers: { authorization: `Bearer ${await users.token()}`, ...headers },
    });

  it('answers 304 while nothing has changed, in the language that was asked for', async () => {
    await users.addUser({ email: 'tag@example.com' });
    await users.report('tag@example.com', 'd1', failed(503));
    const first = await ask('tag@example.com');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await first.json()).toMatchObject({ status: 'sip_error', email: 'tag@example.com' });
    const same = await ask('tag@example.com', { 'if-none-match': `W/${etag}, "other"` });
    expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
    expect(same.headers.get('vary')).toContain('Accept-Language');
    expect((await ask('tag@example.com', { 'if-none-match': etag, 'accept-language': 'de' })).status).toBe(200);
    await users.report('tag@example.com', 'd1', registered(60));
    const moved = await ask('tag@example.com', { 'if-none-match': etag });
    expect(moved.status).toBe(200);
    // And when time alone changes the answer.
    const live = moved.headers.get('etag') ?? '';
    expect((await ask('tag@example.com', { 'if-none-match': live })).status).toBe(304);
    users.clock.advance(61);
    expect((await ask('tag@example.com', { 'if-none-match': live })).status).toBe(200);
  });

  it('reads many users in one request, by any name, each once', async () => {
    for (const n of [1, 2, 3]) await users.addUser({ email: `some${n}@example.com`, zoomUserId: `ZoomSome${n}` });
    await users.report('some2@example.com', 'd1', registered());
    const call = async (body: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
      const answer = await fetch(`${users.url}/v1/connectors/${users.connectorId}/statuses`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await users.token()}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    expect(
      await call({
        users: ['ZoomSome2', 'SOME1@example.com', 'nobody@example.com', 'some2@example.com', 'ZoomNobody'],
      }),
    ).toMatchObject({
      status: 200,
      body: {
        items: [
          { email: 'some2@example.com', status: 'registered' },
          { email: 'some1@example.com', status: 'inactive' },
        ],
        unknown: ['nobody@example.com', 'ZoomNobody'],
      },
    });
    for (const wrong of [
      {},
      { users: [] },
      { users: Array(501).fill('x@example.com') },
      { users: [1] },
      { users: [''] },
    ])
      expect(await call(wrong)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect((await call({ users: Array.from({ length: 500 }, (_, n) => `x${n}@example.com`) })).body['items']).toEqual(
      [],
    );
  });
});
