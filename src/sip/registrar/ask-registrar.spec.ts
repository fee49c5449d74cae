import { Duplex } from 'node:stream';
import fc from 'fast-check';
import type { Exchange } from '../wire/sip-wire';
import { StreamWire } from '../wire/stream-wire';
import { askRegistrar, type RegistrarWord, type SipAccount } from './ask-registrar';
import { REGISTRAR_ANSWERS } from './registrar-result';

const HA1 = '8a8334bfdc2a87b3d7f183858c757f42';
const ACCOUNT: SipAccount = {
  userName: '4711',
  authUserName: '4711',
  realm: 'mitel.test',
  algorithms: ['MD5'],
  openHash: () => HA1,
};
const ENDS = { localAddress: '127.0.0.1', localPort: 40_000 };

/** The other end of a connection: says to each request what it was told to say, torn as it was told to tear it. */
class Peer extends Duplex {
  readonly heard: string[] = [];

  constructor(private readonly say: (request: string, turn: number) => { words: string; size: number; then: Ending }) {
    super();
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    done();
    const request = chunk.toString('latin1');
    this.heard.push(request);
    const { words, size, then } = this.say(request, this.heard.length - 1);
    const bytes = Buffer.from(words, 'latin1');
    for (let from = 0; from < bytes.length && !this.destroyed; from += size)
      this.push(bytes.subarray(from, from + size));
    if (this.destroyed) return;
    if (then === 'end') this.push(null);
    if (then === 'error') this.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
  }
}

type Ending = 'end' | 'error' | 'nothing';

const fieldOf = (request: string, name: string): string =>
  new RegExp(`^${name}: (.*)$`, 'm').exec(request)?.[1]?.trim() ?? '';

const answerTo = (request: string, status: string, fields: string[] = [], via = fieldOf(request, 'Via')): string =>
  [
    `SIP/2.0 ${status}`,
    `Via: ${via}`,
    `CSeq: ${fieldOf(request, 'CSeq')}`,
    ...fields,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');

async function ask(
  say: ConstructorParameters<typeof Peer>[0],
  timeoutMs = 1_000,
): Promise<{ outcome: RegistrarWord | Exchange; heard: string[] }> {
  const peer = new Peer(say);
  const wire = new StreamWire(peer, 'tls', ENDS);
  const signal = new AbortController().signal;
  const outcome = await askRegistrar(wire, ACCOUNT, 'mitel.test', { timeoutMs, signal });
  wire.close();
  return { outcome, heard: peer.heard };
}
const resultOf = async (words: (request: string, turn: number) => string): Promise<unknown> => {
  const { outcome } = await ask((request, turn) => ({ words: words(request, turn), size: 1_000, then: 'nothing' }));
  return 'result' in outcome ? outcome.result : outcome.kind;
};
const CHALLENGE = 'WWW-Authenticate: Digest realm="mitel.test", nonce="n", qop="auth", algorithm=MD5';

describe('what a registrar says', () => {
  it.each([
    ['200 OK', 'accepted_unasked'],
    ['301 Moved Permanently', 'redirected'],
    ['403 Forbidden', 'forbidden'],
    ['404 Not Found', 'user_unknown'],
    ['410 Gone', 'user_unknown'],
    ['604 Does Not Exist Anywhere', 'user_unknown'],
    ['423 Interval Too Brief', 'interval_too_brief'],
    ['503 Service Unavailable', 'registrar_overloaded'],
    ['500 Server Internal Error', 'registrar_failed'],
    ['480 Temporarily Unavailable', 'registrar_failed'],
    ['488 Not Acceptable Here', 'refused'],
  ])('%s: %s', async (status, result) => {
    expect(await resultOf((request) => answerTo(request, status))).toBe(result);
  });

  it('is not taken from answers to somebody else, nor from those that only ask for patience', async () => {
    const foreign = (request: string): string =>
      answerTo(request, '404 Not Found', [], 'SIP/2.0/TLS 127.0.0.1:1;branch=z9hG4bKother');
    const say = (request: string, turn: number): string =>
      foreign(request) +
      answerTo(request, '100 Trying').repeat(50) +
      '\r\n\r\n' +
      (turn === 0 ? answerTo(request, '401 Unauthorized', [CHALLENGE]) : answerTo(request, '200 OK'));
    expect(await resultOf(say)).toBe('accepted');
  });
});

describe('a challenge in our realm that cannot be sent back', () => {
  const hostile = ['\r', '\n', '\0'].flatMap((sign) => [`nonce="a${sign}b"`, `nonce="a", opaque="${sign}"`]);

  it.each(hostile.map((words) => [JSON.stringify(words), words]))('%s', async (_, words) => {
    const challenge = `WWW-Authenticate: Digest realm="mitel.test", ${words ?? ''}`;
    expect(await resultOf((request) => answerTo(request, '401 Unauthorized', [challenge]))).toBe('refused');
  });
});

/** Things that a broken or hostile server may say, with the request at hand. */
const UTTERANCES: ((request: string, text: string, n: number) => string)[] = [
  (request) => answerTo(request, '401 Unauthorized', [CHALLENGE]),
  (request) => answerTo(request, '407 Proxy Authentication Required', [CHALLENGE.replace('WWW', 'Proxy')]),
  (request) => answerTo(request, '401 Unauthorized', [`${CHALLENGE}, stale=true`]),
  (request, text) =>
    answerTo(request, '401 Unauthorized', [`WWW-Authenticate: Digest realm="${text}", nonce="${text}"`]),
  (request, text) =>
    answerTo(request, '401 Unauthorized', [
      `WWW-Authenticate: Digest realm="mitel.test", nonce="${text}", opaque="${text}"`,
    ]),
  (request, text) => answerTo(request, '401 Unauthorized', [`WWW-Authenticate: ${text}`]),
  (request, text, n) =>
    answerTo(request, '401 Unauthorized', Array(n).fill(`${CHALLENGE}, algorithm=${text}`) as string[]),
  (request) => answerTo(request, '401 Unauthorized', ['WWW-Authenticate: Digest realm="elsewhere", nonce="n"']),
  (request, text) => answerTo(request, '200 OK', [`Contact: <sip:${text}>;expires=${text}`]),
  (request, text, n) =>
    answerTo(request, '200 OK', Array(n).fill('Contact: <sip:a@b>;expires=1') as string[]).replace('200', text),
  (request) => answerTo(request, '183 Session Progress').repeat(20),
  (request) => answerTo(request, '200 OK', [], 'SIP/2.0/TLS x;branch=z9hG4bKforeign'),
  (request) => answerTo(request, '200 OK').replace('Content-Length: 0', 'Content-Length: 99999999999'),
  (request) => answerTo(request, '200 OK').replace('Content-Length: 0', 'Content-Length: 7'),
  (request, text) => answerTo(request, '200 OK', [`X-${text}: ${text}`, text]),
  (_, text) => text,
  (_, text, n) => text.repeat(n * 50),
  (request) => request,
  () => '\r\n\r\n',
  () => 'HTTP/1.1 200 OK\r\n\r\n',
];

describe('whatever a registrar says', () => {
  it('the question comes to an end, asks at most four times, and shows no hash (10 000 cases)', async () => {
    const utterance = fc.record({
      which: fc.nat(UTTERANCES.length - 1),
      text: fc.oneof(
        fc.string({ maxLength: 40 }),
        fc.constantFrom('mitel.test', 'MD5', 'SHA-256', '"', '\r\n', '\r', '\n', '\0', '503'),
      ),
      n: fc.integer({ min: 0, max: 60 }),
    });
    const turn = fc.record({
      words: fc.array(utterance, { maxLength: 4 }),
      size: fc.integer({ min: 1, max: 400 }),
      then: fc.oneof(
        { weight: 10, arbitrary: fc.constant<Ending>('end') },
        { weight: 10, arbitrary: fc.constant<Ending>('error') },
        { weight: 1, arbitrary: fc.constant<Ending>('nothing') },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 5 }), async (turns) => {
        const { outcome, heard } = await ask((request, index) => {
          const { words, size, then } = turns[index % turns.length] as (typeof turns)[0];
          return {
            words: words.map(({ which, text, n }) => UTTERANCES[which]?.(request, text, n) ?? '').join(''),
            size,
            then,
          };
        }, 2);
        if ('result' in outcome) expect(REGISTRAR_ANSWERS).toContain(outcome.result);
        else expect(['silent', 'closed', 'not_sip']).toContain(outcome.kind);
        expect(heard.length).toBeLessThanOrEqual(4);
        const said = heard.join('');
        expect(said).not.toContain(HA1);
        for (const [, realm] of said.matchAll(/^(?:Proxy-)?Authorization: Digest .*realm="([^"]*)"/gm))
          expect(realm).toBe('mitel.test');
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);
});
