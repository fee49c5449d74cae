import { Duplex } from 'node:stream';
import fc from 'fast-check';
import type { WrittenRequest } from '../message/write-request';
import type { Exchange } from './sip-wire';
import { StreamWire } from './stream-wire';

const REQUEST: WrittenRequest = { method: 'OPTIONS', branch: 'z9hG4bKours', sequence: 7, text: 'OPTIONS' };
const ENDS = { localAddress: '127.0.0.1', localPort: 40_000 };

/** The other end of a connection: answers what is written to it in the given pieces, and then ends as it was told to. */
class Peer extends Duplex {
  heard = 0;

  constructor(
    private readonly pieces: readonly Buffer[],
    private readonly ending: Ending = 'nothing',
  ) {
    super();
  }

  override _read(): void {}

  override _write(_: Buffer, __: BufferEncoding, done: () => void): void {
    done();
    this.heard += 1;
    for (const piece of this.pieces) if (!this.destroyed) this.push(piece);
    if (this.destroyed) return;
    if (this.ending === 'end') this.push(null);
    if (this.ending === 'error') this.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
  }
}

type Ending = 'end' | 'error' | 'nothing';

const answer = (status: string, branch = REQUEST.branch, sequence = '7 OPTIONS', length = '0'): string =>
  `SIP/2.0 ${status}\r\nVia: SIP/2.0/TLS h;branch=${branch}\r\nCSeq: ${sequence}\r\nContent-Length: ${length}\r\n\r\n`;

/** Cut into pieces of these sizes, over and over. */
function tear(text: string, sizes: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  const pieces: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const size = sizes[pieces.length % sizes.length] ?? 1;
    pieces.push(bytes.subarray(from, from + size));
    from += size;
  }
  return pieces;
}

async function exchange(peer: Peer, timeoutMs = 1_000): Promise<Exchange> {
  const wire = new StreamWire(peer, 'tls', ENDS);
  try {
    return await wire.exchange(REQUEST, { timeoutMs, signal: new AbortController().signal });
  } finally {
    wire.close();
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 10 });
/** Whole messages that are no final answer to our request. */
const FOREIGN = [
  answer('100 Trying'),
  answer('183 Session Progress').repeat(20),
  answer('200 OK', 'z9hG4bKother'),
  answer('404 Not Found', REQUEST.branch, '6 OPTIONS'),
  answer('404 Not Found', REQUEST.branch, '7 REGISTER'),
  answer('500 Server Internal Error', 'z9hG4bKother', '7 OPTIONS', '4') + 'abcd',
  'SIP/2.0 404 Not Found\r\nContent-Length: 0\r\n\r\n',
  'NOTIFY sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n',
  '\r\n\r\n',
];
const HOSTILE = [
  answer('200 OK', REQUEST.branch, '7 OPTIONS', '99999999999'),
  answer('200 OK', REQUEST.branch, '7 OPTIONS', '100000'),
  answer('200 OK', REQUEST.branch, '7 OPTIONS', '9'),
  `SIP/2.0 200 OK\r\n${'a: b\r\n'.repeat(400)}`,
  `SIP/2.0 200 OK\r\nServer: ${'x'.repeat(40_000)}`,
  'HTTP/1.1 400 Bad Request\r\n\r\n',
  '\x15\x03\x03\x00\x02\x02\x28',
  answer('999 Huh'),
];
const foreign = fc.array(fc.constantFrom(...FOREIGN), { maxLength: 6 }).map((texts) => texts.join(''));
const rubbish = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

describe('an answer on a connection', () => {
  it('is found whatever is said before and after it, and however it was torn (5 000 cases)', async () => {
    await fc.assert(
      fc.asyncProperty(foreign, rubbish, sizes, async (before, after, cuts) => {
        const pieces = tear(before + answer('486 Busy Here') + after, cuts);
        expect(await exchange(new Peer(pieces))).toMatchObject({ kind: 'answer', response: { code: 486 } });
      }),
      { numRuns: 5_000 },
    );
  }, 60_000);

  it('is the first of several', async () => {
    const pieces = tear(answer('423 Interval Too Brief') + answer('500 Server Internal Error'), [1_000]);
    expect(await exchange(new Peer(pieces))).toMatchObject({ response: { code: 423 } });
  });

  it('does not come from what is said to others', async () => {
    expect(await exchange(new Peer(tear(FOREIGN.join(''), [50])), 20)).toEqual({ kind: 'silent' });
  });

  it('is not waited for when more comes than any conversation has', async () => {
    const flood = Array.from({ length: 40 }, () => Buffer.from('\r\n'.repeat(16 * 1024)));
    expect(await exchange(new Peer(flood))).toEqual({ kind: 'not_sip' });
  });
});

describe('whatever comes on a connection', () => {
  it('one request is sent, and the exchange ends in time with a word of the list (5 000 cases)', async () => {
    const parts = fc.array(fc.oneof(rubbish, fc.constantFrom(...FOREIGN)), { maxLength: 5 });
    const ending = fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom<Ending>('end', 'error') },
      { weight: 1, arbitrary: fc.constant<Ending>('nothing') },
    );
    await fc.assert(
      fc.asyncProperty(parts, sizes, ending, async (texts, cuts, how) => {
        const peer = new Peer(tear(texts.join(''), cuts), how);
        const started = performance.now();
        const outcome = await exchange(peer, 2);
        expect(performance.now() - started).toBeLessThan(1_000);
        // HOSTILE has answers with a body of nine bytes, which what comes next may fill.
        expect(['answer', 'silent', 'closed', 'not_sip']).toContain(outcome.kind);
        if (outcome.kind === 'silent') expect(how).toBe('nothing');
        expect(peer.heard).toBe(1);
      }),
      { numRuns: 5_000 },
    );
  }, 60_000);

  it.each([
    ['end', { kind: 'closed', code: null }],
    ['error', { kind: 'closed', code: 'ECONNRESET' }],
    ['nothing', { kind: 'silent' }],
  ] as const)('%s without an answer', async (how, expected) => {
    expect(await exchange(new Peer([], how), 20)).toEqual(expected);
  });

  it('an abort ends the wait with its reason', async () => {
    const wire = new StreamWire(new Peer([]), 'tls', ENDS);
    const abort = new AbortController();
    const waiting = wire.exchange(REQUEST, { timeoutMs: 60_000, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    wire.close();
  });
});
