import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Resolve } from './guarded-lookup';
import { postJson, type Post } from './post-json';

/** What names resolve to here: the resolver is the network edge, the connections are real. */
const resolveTo =
  (...addresses: string[]): Resolve =>
  (_host, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('a POST to somebody’s address', () => {
  let server: Server;
  let port: number;
  let hits: number;

  beforeAll(async () => {
    server = createServer((_, response) => {
      hits += 1;
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => {
    hits = 0;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const post = (url: string, more: Partial<Post> = {}): Promise<number> =>
    postJson({
      url,
      headers: {},
      body: Buffer.from('{}'),
      reach: 'public',
      timeoutMs: 2_000,
      signal: new AbortController().signal,
      ...more,
    });

  it('goes to a name that resolves to an allowed address', async () => {
    await expect(
      post(`http://hooks.example:${port}/`, { reach: 'private', resolve: resolveTo('127.0.0.1') }),
    ).resolves.toBe(204);
    expect(hits).toBe(1);
  });

  it.each([
    ['loopback', 'public', ['127.0.0.1']],
    ['one bad address among good ones', 'public', ['93.184.215.14', '10.0.0.1']],
    ['the metadata service, for the operator too', 'private', ['169.254.169.254']],
    ['link-local IPv6', 'private', ['fe80::1']],
  ] as const)('does not go to a name that resolves to %s', async (_, reach, addresses) => {
    await expect(
      post(`http://hooks.example:${port}/`, { reach, resolve: resolveTo(...addresses) }),
    ).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(hits).toBe(0);
  });

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '[::1]'])(
    'does not go to %s, which needs no look-up',
    async (host) => {
      await expect(post(`http://${host}:${port}/`)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
      expect(hits).toBe(0);
    },
  );

  it('stops when told so, and says when it was the time limit', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await expect(post(url, { reach: 'private', timeoutMs: 50 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const signal = AbortSignal.timeout(50);
    await expect(post(url, { reach: 'private', signal })).rejects.toMatchObject({ name: 'AbortError' });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });
});
