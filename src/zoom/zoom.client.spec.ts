import type { RemoteHttp } from '../platform/remote/remote-http';
import { ZoomClient } from './zoom.client';

const GRANT = { accountId: 'account', accessToken: () => Promise.resolve('token') };
const USER = { id: 'zoom-1', email: 'anna@example.com', status: 'active' };

function read(body: object): Promise<unknown> {
  const http = { send: () => Promise.resolve({ status: 200, headers: {}, body }) } as unknown as RemoteHttp;
  const query = { status: 'active', pageToken: undefined, pageSize: 300 } as const;
  return new ZoomClient(http, 'https://zoom').listUsers(GRANT, query, new AbortController().signal);
}

describe('a page of Zoom’s users', () => {
  it.each([[''], [null], [undefined]])('is the last one with the page token %p', async (next) => {
    expect(await read({ users: [USER], next_page_token: next })).toMatchObject({
      users: [{ email: 'anna@example.com' }],
      nextPageToken: undefined,
    });
  });

  it.each([[7], ['x'.repeat(5000)], ['a\nb']])('is not the last one with an unusable page token', async (next) => {
    await expect(read({ users: [USER], next_page_token: next })).rejects.toMatchObject({
      code: 'provider_answer_invalid',
    });
  });
});
