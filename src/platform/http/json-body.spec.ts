import fastify, { type FastifyInstance } from 'fastify';
import { plainJsonReader } from './json-body';

describe('plainJsonReader', () => {
  let server: FastifyInstance;
  /** Bodies that were left to Fastify. */
  let left: number;

  beforeEach(() => {
    left = 0;
    server = fastify();
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      left += 1;
      done(null, JSON.parse(String(body)));
    });
    server.put('/', { preParsing: plainJsonReader(server), bodyLimit: 100 }, ({ body }) => ({ body: body ?? null }));
  });
  afterEach(() => server.close());

  const put = async (payload: string, headers: Record<string, string> = {}): Promise<[number, unknown]> => {
    const answer = await server.inject({
      method: 'PUT',
      url: '/',
      payload,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return [answer.statusCode, answer.json<{ body?: unknown }>().body];
  };

  it('reads plain JSON itself', async () => {
    expect(await put('{"a":"ä"}')).toEqual([200, { a: 'ä' }]);
    expect(await put('[1]', { 'content-type': 'application/json; charset=utf-8' })).toEqual([200, [1]]);
    expect(left).toBe(0);
  });

  it('leaves to Fastify what is not plain', async () => {
    expect(await put('{"a":1}', { 'content-type': 'application/json;profile=x' })).toEqual([200, { a: 1 }]);
    expect(left).toBe(1);
    expect((await put(`{"a":"${'x'.repeat(100)}"}`))[0]).toBe(413);
    expect((await put('a=1', { 'content-type': 'text/plain' }))[0]).toBe(415);
  });
});
