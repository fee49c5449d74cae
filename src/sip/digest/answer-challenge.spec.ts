import { createHash } from 'node:crypto';
import { answerChallenge, digestResponse } from './answer-challenge';
import { digestHash, type DigestAlgorithm } from './digest-algorithm';
import type { Challenge } from './parse-challenges';

interface Known {
  algorithm: DigestAlgorithm;
  secret: string;
  method: string;
  uri: string;
  nonce: string;
  clientNonce: string;
  ha1: string;
  response: string;
}

const RFC_7616 = {
  secret: 'Mufasa:http-auth@example.org:Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};
const OWN = {
  secret: '4711:mitel.test:geheim',
  method: 'REGISTER',
  uri: 'sip:mitel.test',
  nonce: 'abc',
  clientNonce: 'xyz',
};

const KNOWN: [name: string, known: Known][] = [
  [
    'RFC 2617 section 3.5',
    {
      algorithm: 'MD5',
      secret: 'Mufasa:testrealm@host.com:Circle Of Life',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      clientNonce: '0a4f113b',
      ha1: '939e7578ed9e3c518a452acee763bce9',
      response: '6629fae49393a05397450978507c4ef1',
    },
  ],
  [
    'RFC 7616 section 3.9.1, MD5',
    {
      ...RFC_7616,
      algorithm: 'MD5',
      ha1: '3d78807defe7de2157e2b0b6573a855f',
      response: '8ca523f5e9506fed4657c9700eebdbec',
    },
  ],
  [
    'RFC 7616 section 3.9.1, SHA-256',
    {
      ...RFC_7616,
      algorithm: 'SHA-256',
      ha1: '7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232',
      response: '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    },
  ],
  [
    'RFC 7616 section 3.9.2 as erratum 4897 mends it',
    {
      algorithm: 'SHA-512-256',
      secret: 'Jäsøn Doe:api@example.org:Secret, or not?',
      method: 'GET',
      uri: '/doe.json',
      nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
      clientNonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
      ha1: '2d3d9f12c9f3d30011259dc5fecee005ae24de40e3e1f61806d03e65f1e6024f',
      response: '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5',
    },
  ],
  [
    'SIP with MD5',
    { ...OWN, algorithm: 'MD5', ha1: '8a8334bfdc2a87b3d7f183858c757f42', response: '0b3bbaedc631944f3432ea58f142fa02' },
  ],
  [
    'SIP with SHA-256',
    {
      ...OWN,
      algorithm: 'SHA-256',
      ha1: '4af699c0703f3a50a7a26e3a48398b1990c9ffd0997d4de41e7ac853963b2961',
      response: '76827f860c9f1c2b747bc9bdbbb9daadc043e9d52be76ab98f14622460ed9b91',
    },
  ],
  [
    'SIP with SHA-512-256',
    {
      ...OWN,
      algorithm: 'SHA-512-256',
      ha1: 'ed63bfe8ab962a42e0c8d78aac6e6037704bbfe77deff80f34ff551fb0e1244d',
      response: '7a0e0ee6f2c653e7ad4d2b7f68328df500a35afcc938000e1d7e3e292293898a',
    },
  ],
];

describe('the digest', () => {
  it.each(KNOWN)('of %s', (_, { algorithm, secret, ha1, response, method, uri, nonce, clientNonce }) => {
    expect(digestHash(algorithm, secret)).toBe(ha1);
    expect(digestResponse({ algorithm, ha1, method, uri, nonce, auth: { count: 1, clientNonce } })).toBe(response);
  });

  it('is not the one that RFC 7616 prints, which was made with a SHA-512 that was cut off', () => {
    const printed = createHash('sha512').update('Jäsøn Doe:api@example.org:Secret, or not?').digest('hex').slice(0, 64);
    expect(printed).toBe('5c6783001d858140bd16077dd8d4d3afaad20b9993c741f4cb675d057ff76c1b');
    expect(digestHash('SHA-512-256', 'Jäsøn Doe:api@example.org:Secret, or not?')).not.toBe(printed);
  });

  it('without qop has neither count nor client nonce in it', () => {
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const ha1 = md5('4711:mitel.test:geheim');
    const facts = { algorithm: 'MD5', ha1, method: 'REGISTER', uri: 'sip:mitel.test', nonce: 'abc' } as const;
    expect(digestResponse({ ...facts, auth: undefined })).toBe(md5(`${ha1}:abc:${md5('REGISTER:sip:mitel.test')}`));
  });
});

describe('answerChallenge', () => {
  const challenge: Challenge = {
    realm: 'the "inner" realm',
    nonce: 'n\\1',
    opaque: 'o',
    algorithm: 'MD5',
    qop: ['auth', 'auth-int'],
    stale: false,
  };
  const facts = {
    algorithm: 'MD5',
    ha1: 'a'.repeat(32),
    method: 'REGISTER',
    uri: 'sip:mitel.test',
    userName: '47"11',
    clientNonce: 'c',
  } as const;

  it('gives back what it was asked with, with quotes escaped', () => {
    const value = answerChallenge(challenge, facts);
    expect(value).toMatch(
      /^Digest username="47\\"11", realm="the \\"inner\\" realm", nonce="n\\\\1", uri="sip:mitel.test", response="[0-9a-f]{32}", algorithm=MD5, opaque="o", cnonce="c", qop=auth, nc=00000001$/,
    );
    expect(value).not.toContain(facts.ha1);
  });

  it('leaves out what the old form does not know', () => {
    const value = answerChallenge({ ...challenge, qop: [], opaque: undefined }, facts);
    expect(value).not.toMatch(/qop|nc=|cnonce|opaque/);
  });
});
