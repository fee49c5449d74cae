import type { RemoteHttp } from '../platform/remote/remote-http';
import { ZoomPhoneClient } from './zoom-phone.client';

const GRANT = { accountId: 'account', accessToken: () => Promise.resolve('token') };
const USER = { id: 'zoom-1', email: 'anna@example.com', status: 'activate' };

/** What the client makes of an answer with this body. */
function read(body: object): Promise<unknown> {
  const http = { send: () => Promise.resolve({ status: 200, headers: {}, body }) } as unknown as RemoteHttp;
  const query = { pageToken: undefined, pageSize: 100 };
  return new ZoomPhoneClient(http, 'https://zoom').listPhoneUsers(GRANT, query, new AbortController().signal);
}

describe('a page of Zoom Phone users', () => {
  it.each([[''], [null], [undefined]])('is the last one with the page token %p', async (next) => {
    expect(await read({ users: [USER], next_page_token: next })).toEqual({
      kind: 'page',
      users: [{ id: 'zoom-1', email: 'anna@example.com' }],
      nextPageToken: undefined,
    });
  });

  it.each([[7], ['x'.repeat(5000)], ['a\nb']])('is not the last one with an unusable page token', async (next) => {
    await expect(read({ users: [USER], next_page_token: next })).rejects.toMatchObject({
      code: 'provider_answer_invalid',
    });
  });

  it.each([
    ['activate', 1],
    ['deactivate', 0],
    ['pending', 0],
    [undefined, 1],
    ['something-new', 1],
  ])('counts a licence with the status %p: %p', async (status, count) => {
    expect(await read({ users: [{ ...USER, status }] })).toHaveProperty('users.length', count);
  });

  it('leaves out whom nothing names', async () => {
    const users = [{ status: 'activate' }, { id: 'a' }, { email: 'b@example.com' }, 'nobody'];
    expect(await read({ users })).toMatchObject({ users: [{ id: 'a' }, { email: 'b@example.com' }] });
  });

  it.each([[{ code: 400, message: 'odd' }], [{ users: {} }]])('is refused when it has no list: %j', async (body) => {
    await expect(read(body)).rejects.toMatchObject({ code: 'provider_answer_invalid' });
  });
});
