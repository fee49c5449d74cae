import fc from 'fast-check';
import { isAnswerTo } from './is-answer-to';
import { MAX_BODY_BYTES, MAX_HEAD_BYTES, MessageStream, parseDatagram } from './message-stream';
import { parseContacts } from './parse-contacts';
import { SipStreamError, type SipMessage } from './sip-message';
import { parseChallenges } from '../digest/parse-challenges';

const message = (lines: string[], body = ''): string => `${lines.join('\r\n')}\r\n\r\n${body}`;
const OK = message(['SIP/2.0 200 OK', 'Via: SIP/2.0/TLS h;branch=z9hG4bK1', 'CSeq: 1 OPTIONS', 'Content-Length: 0']);
const read = (text: string): SipMessage[] => new MessageStream().push(Buffer.from(text));
const onlyOne = (text: string): SipMessage => {
  const [first, ...more] = read(text);
  if (first === undefined || more.length > 0) throw new Error(`not one message but ${more.length + 1}`);
  return first;
};
/** What a stream says to a text: its messages, or why it refuses. */
const outcome = (text: string): string => {
  try {
    return `${read(text).length} messages`;
  } catch (error) {
    if (error instanceof SipStreamError) return error.code;
    throw error;
  }
};

describe('a stream of messages', () => {
  it('reads a response', () => {
    expect(onlyOne(OK)).toMatchObject({ kind: 'response', code: 200, reason: 'OK' });
  });

  it('reads a request', () => {
    const request = message(['NOTIFY sip:a@b SIP/2.0', 'l: 3'], 'abc');
    expect(onlyOne(request)).toMatchObject({ kind: 'request', method: 'NOTIFY', uri: 'sip:a@b' });
    expect(onlyOne(request).body.toString()).toBe('abc');
  });

  it('knows short names, names in any case, and fields that come again', () => {
    const { headers } = onlyOne(message(['SIP/2.0 200 OK', 'v: one', 'VIA :two', 'm: <sip:a@b>', 'L: 0']));
    expect(headers.all('Via')).toEqual(['one', 'two']);
    expect(headers.first('contact')).toBe('<sip:a@b>');
  });

  it('puts folded lines together', () => {
    const { headers } = onlyOne(message(['SIP/2.0 200 OK', 'Server: a', '\tb', '  c', 'l: 0']));
    expect(headers.first('server')).toBe('a b c');
  });

  it('takes a phrase that is empty, left out, or not ASCII', () => {
    for (const [line, reason] of [
      ['SIP/2.0 200 ', ''],
      ['SIP/2.0 200', ''],
      ['sip/2.0 200 Schön', 'Schön'],
    ])
      expect(onlyOne(message([line ?? '', 'l: 0']))).toMatchObject({ code: 200, reason });
  });

  it('passes over keep-alives before, between and after messages', () => {
    expect(read(`\r\n\r\n${OK}\r\n${OK}\r\n\r\n`)).toHaveLength(2);
    expect(read('\r\n'.repeat(100_000))).toHaveLength(0);
  });

  it('takes a missing length for an empty body', () => {
    expect(read(message(['SIP/2.0 200 OK', 'Server: x']) + OK)).toHaveLength(2);
  });

  it.each([
    ['another protocol', 'HTTP/1.1 400 Bad Request\r\n'],
    ['a banner', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a TLS record', '\u0015\u0003\u0003\u0000\u0002\u0002\u0028'],
    ['SIP of another version', 'SIP/3.0 200 OK\r\n\r\n'],
    ['a code that is none', 'SIP/2.0 999 Huh\r\n\r\n'],
    ['a field without a name', message(['SIP/2.0 200 OK', ': x'])],
    ['a field without a colon', message(['SIP/2.0 200 OK', 'Server'])],
    ['a length that is no number', message(['SIP/2.0 200 OK', 'Content-Length: -1'])],
    ['a length with a sign', message(['SIP/2.0 200 OK', 'Content-Length: +1'])],
    ['two lengths', message(['SIP/2.0 200 OK', 'Content-Length: 1', 'l: 2'])],
    ['a folded first field', message(['SIP/2.0 200 OK', ' x: y'])],
  ])('refuses %s', (_, text) => {
    expect(outcome(text)).toBe('not_sip');
  });

  it.each([
    ['a body that is announced too large', message(['SIP/2.0 200 OK', `l: ${MAX_BODY_BYTES + 1}`])],
    ['a length beyond any memory', message(['SIP/2.0 200 OK', 'l: 999999999'])],
    ['a head without end', `SIP/2.0 200 OK\r\nServer: ${'x'.repeat(MAX_HEAD_BYTES)}`],
    ['a head that ends too late', message(['SIP/2.0 200 OK', `Server: ${'x'.repeat(MAX_HEAD_BYTES)}`, 'l: 0'])],
    ['a first line without end', 'S'.repeat(MAX_HEAD_BYTES + 1)],
    ['too many fields', message(['SIP/2.0 200 OK', ...Array.from({ length: 301 }, () => 'a: b')])],
  ])('refuses %s', (_, text) => {
    expect(outcome(text)).toBe('too_large');
  });

  it('reads nothing more after an error', () => {
    const stream = new MessageStream();
    expect(() => stream.push(Buffer.from('HTTP/1.1 200 OK\r\n'))).toThrow(SipStreamError);
    expect(() => stream.push(Buffer.from(OK))).toThrow(SipStreamError);
  });

  it('takes the largest body that it says it takes', () => {
    expect(read(message(['SIP/2.0 200 OK', `l: ${MAX_BODY_BYTES}`], 'x'.repeat(MAX_BODY_BYTES)) + OK)).toHaveLength(2);
  });
});

describe('a datagram', () => {
  it('is one message, and what follows its length is cut off', () => {
    const parsed = parseDatagram(Buffer.from(message(['SIP/2.0 200 OK', 'l: 2'], 'abcd')));
    expect(parsed?.body.toString()).toBe('ab');
  });

  it('with a body that was cut short is refused, and a keep-alive is nothing', () => {
    expect(() => parseDatagram(Buffer.from(message(['SIP/2.0 200 OK', 'l: 5'], 'abcd')))).toThrow(SipStreamError);
    expect(parseDatagram(Buffer.from('\r\n\0\0'))).toBeUndefined();
  });
});

describe('isAnswerTo', () => {
  const request = { branch: 'z9hG4bK1', method: 'OPTIONS', sequence: 1 };
  const answer = (via: string, sequence: string): boolean => {
    const parsed = onlyOne(message(['SIP/2.0 200 OK', via, `CSeq: ${sequence}`, 'l: 0']));
    return parsed.kind === 'response' && isAnswerTo(request, parsed);
  };

  it.each([
    ['its own', 'Via: SIP/2.0/TLS h:1;rport=5;branch=z9hG4bK1;received=1.2.3.4', '1 OPTIONS', true],
    [
      'one with quotes and commas in Via',
      'v: SIP/2.0/TLS h;x=",;";branch=z9hG4bK1, SIP/2.0/TLS other',
      '1 OPTIONS',
      true,
    ],
    ['of another branch', 'Via: SIP/2.0/TLS h;branch=z9hG4bK2', '1 OPTIONS', false],
    [
      'with our branch in the second Via',
      'Via: SIP/2.0/TLS o;branch=x, SIP/2.0/TLS h;branch=z9hG4bK1',
      '1 OPTIONS',
      false,
    ],
    ['to another method', 'Via: SIP/2.0/TLS h;branch=z9hG4bK1', '1 REGISTER', false],
    ['to another number', 'Via: SIP/2.0/TLS h;branch=z9hG4bK1', '2 OPTIONS', false],
    ['without anything', 'Server: x', '', false],
  ])('%s', (_, via, sequence, expected) => {
    expect(answer(via, sequence)).toBe(expected);
  });
});

describe('parseContacts', () => {
  it('reads every binding, with what is told of it', () => {
    const { headers } = onlyOne(
      message([
        'SIP/2.0 200 OK',
        'Contact: "A, B" <sip:1@h;transport=tls>;expires=60;+sip.instance="<urn:uuid:1>", <sip:2@h>;q=0.5',
        'm: sip:3@h;expires=7',
        'Contact: *',
        'Contact: <javascript>',
        'l: 0',
      ]),
    );
    expect(parseContacts(headers)).toEqual([
      { uri: 'sip:1@h;transport=tls', expires: 60, instance: '<urn:uuid:1>', userAgent: null },
      { uri: 'sip:2@h', expires: null, instance: null, userAgent: null },
      { uri: 'sip:3@h', expires: 7, instance: null, userAgent: null },
    ]);
  });
});

/** Hostile and honest parts of messages, so that torn and mixed ones reach every branch. */
const parts = fc.oneof(
  fc.constantFrom(
    OK,
    '\r\n',
    '\r\n\r\n',
    'SIP/2.0 401 Unauthorized\r\n',
    'Content-Length: 99999999\r\n',
    'Content-Length: -5\r\n',
    'l: 10\r\n\r\n',
    'WWW-Authenticate: Digest realm="a\\',
    'm: <sip:a@b;"x>;expires=9999999999999\r\n',
    ' folded\r\n',
    ':',
    '\0',
    'SIP/2.0 ',
  ),
  fc.string({ maxLength: 60 }),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

describe('whatever comes', () => {
  it('honest messages are the same however they are torn (10 000 cases)', () => {
    const bodies = fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 4 });
    const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(bodies, cuts, fc.boolean(), (texts, sizes, keepAlive) => {
        const wire = Buffer.from(
          texts
            .map(
              (text) =>
                message(['SIP/2.0 200 OK', `l: ${Buffer.byteLength(text)}`], text) + (keepAlive ? '\r\n\r\n' : ''),
            )
            .join(''),
        );
        const stream = new MessageStream();
        const found: SipMessage[] = [];
        for (let from = 0, turn = 0; from < wire.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          found.push(...stream.push(wire.subarray(from, from + size)));
          from += size;
        }
        expect(found.map(({ body }) => body.toString())).toEqual(texts);
      }),
      { numRuns: 10_000 },
    );
  });

  it('never anything but messages or a refusal, never slow, never much memory (10 000 cases)', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), fc.integer({ min: 1, max: 64 }), (texts, size) => {
        const wire = Buffer.from(texts.join(''), 'latin1');
        const stream = new MessageStream();
        const started = performance.now();
        try {
          for (let from = 0; from < wire.length; from += size)
            for (const one of stream.push(wire.subarray(from, from + size))) {
              parseContacts(one.headers);
              parseChallenges(one.headers.all('www-authenticate'));
              if (one.kind === 'response') isAnswerTo({ branch: 'b', method: 'OPTIONS', sequence: 1 }, one);
            }
        } catch (error) {
          if (!(error instanceof SipStreamError)) throw error;
        }
        try {
          parseDatagram(wire);
        } catch (error) {
          if (!(error instanceof SipStreamError)) throw error;
        }
        expect(performance.now() - started).toBeLessThan(1_000);
      }),
      { numRuns: 10_000 },
    );
  });

  it('keeps no more than a head, a body and a chunk, byte by byte or at once', () => {
    const endless = Buffer.from(`SIP/2.0 200 OK\r\nl: ${MAX_BODY_BYTES}\r\n\r\n${'x'.repeat(10_000_000)}`);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => new MessageStream().push(endless)).toThrow(SipStreamError);
    const stream = new MessageStream();
    const started = performance.now();
    for (let at = 0; at < MAX_BODY_BYTES; at += 1) stream.push(endless.subarray(at, at + 1));
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });
});
