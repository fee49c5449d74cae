import fc from 'fast-check';
import { parseRemoteJson } from './parse-remote-json';
import { RemoteJsonBody } from './remote-json-body';

/** In chunks of these many bytes, over and over. */
function readInChunks(body: Buffer, sizes: readonly number[]): unknown {
  const reader = new RemoteJsonBody();
  for (let at = 0, n = 0; at < body.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    reader.push(body.subarray(at, at + size));
    at += size;
  }
  return reader.end();
}

/** The value, or that there is none. */
function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'not JSON';
  }
}

const item = (n: number): object => ({
  userId: `u-${n}`,
  displayName: `Jürgen „Groß“ \\ "${n}" 😀 },{ ]}`,
  sip: { hosts: [{ host: 'a' }, { host: 'b' }, [], {}], sipPassword: 'secret' },
  on: n % 2 === 0 ? null : true,
});
const items = (count: number): object[] => Array.from({ length: count }, (_, n) => item(n));
const page = (count: number): object => ({
  count,
  _embedded: { sort: ['a', 'b'], items: items(count) },
  _links: { next: '/next?[{', others: [{ href: 'x' }] },
});

describe('RemoteJsonBody', () => {
  it.each([
    ['one page', page(1_000)],
    ['a bare list', items(1_000)],
    ['two lists', { a: items(900), b: items(900) }],
    ['a short list before a long one', { a: items(1), b: items(1_000) }],
    ['a list of lists', { a: [items(900), items(900)] }],
    ['no list of objects', { a: Array.from({ length: 20_000 }, (_, n) => `text ${n} [{`) }],
    ['a list that begins with a number', { a: [1, ...items(1_000)] }],
    ['one long item', { a: [{ text: 'x'.repeat(300_000) }, {}] }],
    ['a list under a name that is dropped', { passwords: items(1_000), a: 1 }],
    ['a short body', page(3)],
  ])('reads %s as it is read whole', (_, value) => {
    for (const text of [JSON.stringify(value), JSON.stringify(value, undefined, 2)]) {
      const whole = parseRemoteJson(text);
      for (const sizes of [[65_536], [1_000_000], [4_093, 7]])
        expect(readInChunks(Buffer.from(text), sizes)).toEqual(whole);
    }
    expect(JSON.stringify(readInChunks(Buffer.from(JSON.stringify(value)), [4_096]))).not.toContain('secret');
  });

  it('reads what is nested deeper than a function can call itself', () => {
    const deep = (inner: string): string => '['.repeat(60_000) + inner + ']'.repeat(60_000);
    let value = readInChunks(Buffer.from(`{"users":[{"id":1}],"deep":${deep('')}}`), [65_536]);
    expect(value).toMatchObject({ users: [{ id: 1 }] });
    value = readInChunks(Buffer.from(deep('{"id":1}')), [65_536]);
    while (Array.isArray(value)) [value] = value as unknown[];
    expect(value).toEqual({ id: 1 });
  });

  it('gives the last of two lists of one name, as JSON.parse does', () => {
    const text = `{"a":${JSON.stringify(items(1_000))},"a":[{"b":1}]}`;
    expect(readInChunks(Buffer.from(text), [65_536])).toEqual({ a: [{ b: 1 }] });
  });

  it('leaves a byte order mark out', () => {
    for (const count of [1, 1_000])
      expect(readInChunks(Buffer.from(`\uFEFF${JSON.stringify(page(count))}`), [65_536])).toMatchObject({ count });
  });

  it('has nothing to say about an empty body', () => {
    expect(readInChunks(Buffer.alloc(0), [1])).toBeUndefined();
  });

  it.each([
    ['cut off in the list', (text: string) => text.slice(0, -90_000)],
    ['cut off behind the list', (text: string) => text.slice(0, -3)],
    ['without its last bracket', (text: string) => text.slice(0, -1)],
    ['with something behind it', (text: string) => `${text}{}`],
    ['closed by the wrong bracket', (text: string) => text.replace(/\]\}$/, '}}')],
    ['with a comma behind the last item', (text: string) => text.replace(/\]\}$/, ',]}')],
    ['with two commas between items', (text: string) => text.replaceAll('},{"n"', '},,{"n"')],
    ['with a comma before the first item', (text: string) => text.replace('[{', '[,{')],
    ['with an item that is none', (text: string) => text.replaceAll('},{"n":1500', '},x,{"n":1500')],
    ['with something before the first item', (text: string) => text.replace('[{', '["a"{')],
  ])('refuses a list %s', (_, broken) => {
    const text = JSON.stringify({ a: Array.from({ length: 3_000 }, (_unused, n) => ({ n, text: 'x'.repeat(40) })) });
    expect(outcome(() => readInChunks(Buffer.from(text), [65_536]))).toEqual({ value: JSON.parse(text) });
    expect(outcome(() => readInChunks(Buffer.from(broken(text)), [65_536]))).toBe('not JSON');
  });

  it('reads or refuses any text as it does whole, whatever is torn out of it', () => {
    const text = JSON.stringify(page(400));
    const tear = fc.record({
      at: fc.nat(text.length),
      length: fc.nat(40),
      put: fc.constantFrom('', ',', '"', '\\', ']', '}', '[{', 'ü'),
    });
    fc.assert(
      fc.property(
        fc.array(tear, { maxLength: 2 }),
        fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1 }),
        (tears, sizes) => {
          let torn = text;
          for (const { at, length, put } of tears) torn = torn.slice(0, at) + put + torn.slice(at + length);
          const body = Buffer.from(torn);
          expect(outcome(() => readInChunks(body, sizes))).toEqual(
            outcome(() => parseRemoteJson(body.toString('utf8'))),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});
