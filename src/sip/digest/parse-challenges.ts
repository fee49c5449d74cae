import { parseParameter, splitOutside } from '../message/split-values';

/** One question for a credential. */
export interface Challenge {
  realm: string;
  nonce: string;
  opaque: string | undefined;
  /** As written; absent counts as MD5 (RFC 3261 section 22.4). */
  algorithm: string;
  /** Empty: the old form without it. */
  qop: string[];
  /** The credential was right, only its nonce was too old. */
  stale: boolean;
}

/** A registrar offers two or three. */
const MAX_CHALLENGES = 16;
/** No quoted string holds them (RFC 3261 section 25.1), and nobody could send them back. */
const LINE_END = /[\r\n\0]/;

/**
 * Values of WWW-Authenticate or Proxy-Authenticate, in their order. What is no Digest, lacks a realm or a nonce, or cannot be
 * answered without a line end, is left out. SIP has one challenge per field (RFC 3261 section 7.3.1), HTTP libraries put
 * several into one: both are read.
 */
export function parseChallenges(values: readonly string[]): Challenge[] {
  const found: Challenge[] = [];
  for (const value of values) {
    for (const parameters of byScheme(value)) {
      const challenge = toChallenge(parameters);
      if (challenge !== undefined && found.push(challenge) === MAX_CHALLENGES) return found;
    }
  }
  return found;
}

/** The parameters of each `Digest …` in a field; those of other schemes are dropped. */
function byScheme(value: string): string[][] {
  const challenges: string[][] = [];
  let current: string[] | undefined;
  for (const part of splitOutside(value, ',')) {
    const [, scheme, rest] = /^([A-Za-z0-9\-.!%*_+`'~]+)[ \t]+([^= \t].*)$/s.exec(part) ?? [];
    if (scheme !== undefined && rest !== undefined) {
      current = scheme.toLowerCase() === 'digest' ? [rest] : undefined;
      if (current !== undefined) challenges.push(current);
    } else current?.push(part);
  }
  return challenges;
}

function toChallenge(parts: readonly string[]): Challenge | undefined {
  const parameters = new Map(parts.map(parseParameter));
  const [realm, nonce] = [parameters.get('realm'), parameters.get('nonce')];
  if (realm === undefined || nonce === undefined || nonce === '') return undefined;
  if (LINE_END.test(realm + nonce + (parameters.get('opaque') ?? ''))) return undefined;
  const qop = (parameters.get('qop') ?? '').split(',').map((word) => word.trim().toLowerCase());
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque'),
    algorithm: parameters.get('algorithm') ?? 'MD5',
    qop: qop.filter((word) => word !== ''),
    stale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}
