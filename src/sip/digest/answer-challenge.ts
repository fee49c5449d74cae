import { quote } from '../message/split-values';
import { digestHash, type DigestAlgorithm } from './digest-algorithm';
import type { Challenge } from './parse-challenges';

export interface DigestFacts {
  algorithm: DigestAlgorithm;
  ha1: string;
  method: string;
  uri: string;
  nonce: string;
  /** undefined: the challenge has no qop (RFC 2069 form, RFC 3261 section 22.4 keeps it alive). */
  auth: { count: number; clientNonce: string } | undefined;
}

/** The digest of RFC 7616 section 3.4.1. */
export function digestResponse({ algorithm, ha1, method, uri, nonce, auth }: DigestFacts): string {
  const ha2 = digestHash(algorithm, `${method}:${uri}`);
  const middle = auth === undefined ? nonce : `${nonce}:${countText(auth.count)}:${auth.clientNonce}:auth`;
  return digestHash(algorithm, `${ha1}:${middle}:${ha2}`);
}

/** The value of Authorization or Proxy-Authorization. */
export function answerChallenge(
  challenge: Challenge,
  facts: Omit<DigestFacts, 'nonce' | 'auth'> & { userName: string; clientNonce: string },
): string {
  const { nonce, realm, opaque } = challenge;
  const auth = challenge.qop.includes('auth') ? { count: 1, clientNonce: facts.clientNonce } : undefined;
  const parts = [
    `username=${quote(facts.userName)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(facts.uri)}`,
    `response="${digestResponse({ ...facts, nonce, auth })}"`,
    `algorithm=${facts.algorithm}`,
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
    ...(auth === undefined ? [] : [`cnonce=${quote(auth.clientNonce)}`, 'qop=auth', `nc=${countText(auth.count)}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

const countText = (count: number): string => count.toString(16).padStart(8, '0');
