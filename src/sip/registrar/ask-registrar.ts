import { randomBytes } from 'node:crypto';
import { answerChallenge } from '../digest/answer-challenge';
import { chooseChallenge } from '../digest/choose-challenge';
import type { DigestAlgorithm } from '../digest/digest-algorithm';
import { parseChallenges, type Challenge } from '../digest/parse-challenges';
import { parseContacts, printable, type Binding } from '../message/parse-contacts';
import type { SipResponse } from '../message/sip-message';
import { hostPart, sipAddress, writeRequest, type WrittenRequest } from '../message/write-request';
import { readAnswer, type SipAnswer } from '../probe/sip-answer';
import { newIds } from '../probe/write-options';
import type { Exchange, ExchangeLimits, SipWire } from '../wire/sip-wire';
import { judgeCode, type RegistrarAnswer } from './registrar-result';

/** Whom a registrar is asked about. */
export interface SipAccount {
  userName: string;
  authUserName: string;
  realm: string;
  /** Of which there is a hash. */
  algorithms: readonly DigestAlgorithm[];
  /** Called only when the registrar asks in our realm, and for this algorithm. Never logged. */
  openHash: (algorithm: DigestAlgorithm) => string;
}

export interface RegistrarWord {
  result: RegistrarAnswer;
  answer: SipAnswer;
  /** Devices that are bound now; empty unless accepted. */
  bindings: Binding[];
  /** Realms or algorithms that the registrar asks for, where they are not ours. */
  offered: string[];
}

/** The first, one more for each of 401 and 407, and one for a stale nonce. */
const MAX_REQUESTS = 4;
const MAX_OFFERED = 5;
const MAX_WORD = 100;

/**
 * REGISTER without Contact (RFC 3261 section 10.2.3): asks which devices are bound, and changes nothing. The wire must be
 * verified: this sends a credential when it is asked for one.
 * @returns the exchange that brought no answer, or what was answered @throws the reason of the signal
 */
export async function askRegistrar(
  wire: SipWire,
  account: SipAccount,
  domain: string,
  limits: ExchangeLimits,
): Promise<RegistrarWord | Exclude<Exchange, { kind: 'answer' }>> {
  const dialogue = new Dialogue(wire, account, domain);
  for (;;) {
    const exchange = await wire.exchange(dialogue.next(), limits);
    if (exchange.kind !== 'answer') return exchange;
    const word = dialogue.hear(exchange.response);
    if (word !== undefined) return word;
  }
}

/** What has been said between us and one registrar. */
class Dialogue {
  private readonly ids = newIds();
  private readonly uri: string;
  /** Authorization and Proxy-Authorization, once each was asked for. */
  private readonly credentials = new Map<string, string>();
  private sequence = 0;
  private wasStale = false;

  constructor(
    private readonly wire: SipWire,
    private readonly account: SipAccount,
    private readonly domain: string,
  ) {
    this.uri = `sip:${hostPart(domain)}`;
  }

  next(): WrittenRequest {
    const { transport, localAddress, localPort } = this.wire;
    const address = sipAddress(this.account.userName, this.domain);
    this.sequence += 1;
    return writeRequest({
      method: 'REGISTER',
      uri: this.uri,
      from: address,
      to: address,
      transport,
      localAddress,
      localPort,
      ...this.ids,
      branch: newIds().branch,
      sequence: this.sequence,
      headers: [...this.credentials],
    });
  }

  /** undefined: it asked for a credential that we have, so there is one more request. */
  hear(response: SipResponse): RegistrarWord | undefined {
    if (response.code === 401 || response.code === 407) return this.answer(response);
    const result = judgeCode(response.code);
    if (result !== 'accepted') return word(result, response);
    const bindings = parseContacts(response.headers);
    return { ...word(this.credentials.size === 0 ? 'accepted_unasked' : result, response), bindings };
  }

  private answer(response: SipResponse): RegistrarWord | undefined {
    const isProxy = response.code === 407;
    const field = isProxy ? 'Proxy-Authorization' : 'Authorization';
    const challenges = parseChallenges(response.headers.all(isProxy ? 'proxy-authenticate' : 'www-authenticate'));
    const choice = chooseChallenge(challenges, this.account.realm, this.account.algorithms);
    if (this.credentials.has(field) || this.sequence >= MAX_REQUESTS) {
      // RFC 3261 section 22.2: what was refused is not offered again, unless only the nonce was too old.
      const isStale = choice.kind === 'chosen' && choice.challenge.stale;
      if (!isStale) return word('hash_refused', response);
      if (this.wasStale || this.sequence >= MAX_REQUESTS) return word('stale_nonce', response);
      this.wasStale = true;
    }
    switch (choice.kind) {
      case 'chosen':
        this.credentials.set(field, this.credential(choice.challenge, choice.algorithm));
        return undefined;
      case 'realm_mismatch':
        return { ...word('realm_mismatch', response), offered: tidy(choice.realms) };
      case 'algorithm_not_offered':
        return { ...word('algorithm_not_offered', response), offered: tidy(choice.offered) };
      case 'no_challenge':
        return word('refused', response);
    }
  }

  private credential(challenge: Challenge, algorithm: DigestAlgorithm): string {
    return answerChallenge(challenge, {
      algorithm,
      ha1: this.account.openHash(algorithm),
      method: 'REGISTER',
      uri: this.uri,
      userName: this.account.authUserName,
      clientNonce: randomBytes(16).toString('hex'),
    });
  }
}

const word = (result: RegistrarAnswer, response: SipResponse): RegistrarWord => ({
  result,
  answer: readAnswer(response),
  bindings: [],
  offered: [],
});

const tidy = (words: readonly string[]): string[] => words.slice(0, MAX_OFFERED).map((one) => printable(one, MAX_WORD));
