import { judgeCertificate } from '../dial/judge-certificate';
import { wantsClientCertificate } from '../dial/open-tls';
import { dialTarget, type DialOptions, type Dialled } from '../dial/dial-target';
import { afterFailure } from '../failover';
import type { Binding } from '../message/parse-contacts';
import { TARGET_ROLES, type RegistrationTarget } from '../parse-target';
import { findPortKind } from '../probe/port-kind';
import type { SipAnswer } from '../probe/sip-answer';
import type { Exchange, SipWire } from '../wire/sip-wire';
import { askRegistrar, type RegistrarWord, type SipAccount } from './ask-registrar';
import type { RegistrarResult, RegistrarSilence } from './registrar-result';
import { sipDomain } from './sip-domain';

/** What one target has said. */
export interface RegistrarAttempt {
  target: RegistrationTarget;
  result: RegistrarResult;
  /** null: no SIP answer. */
  answer: SipAnswer | null;
  offered: string[];
}

export interface RegistrarCheck {
  result: RegistrarResult;
  /** The one that the result is of; null: the user has none. */
  target: RegistrationTarget | null;
  answer: SipAnswer | null;
  bindings: Binding[];
  offered: string[];
  /** Every target that was asked, in order. */
  attempts: RegistrarAttempt[];
}

export interface CheckOptions extends DialOptions {
  now: () => Date;
}

/**
 * Asks the user's targets in the order SBC, backup SBC, PBX, and the next one only where an app would go on to it. When none
 * has answered for good, the result is that of the first: it is where the users are.
 * @throws the reason of the signal; nothing else
 */
export async function checkRegistrar(
  targets: readonly RegistrationTarget[],
  account: SipAccount,
  options: CheckOptions,
): Promise<RegistrarCheck> {
  const attempts: RegistrarAttempt[] = [];
  for (const role of TARGET_ROLES) {
    for (const target of targets.filter((one) => one.role === role)) {
      const { bindings, ...attempt } = await tryTarget(target, account, options);
      attempts.push(attempt);
      if (!goesOn(attempt)) return { ...attempt, bindings, attempts };
    }
  }
  const [first] = attempts;
  if (first === undefined)
    return { result: 'no_targets', target: null, answer: null, bindings: [], offered: [], attempts };
  return { ...first, bindings: [], attempts };
}

const goesOn = ({ result, answer }: RegistrarAttempt): boolean => {
  if (answer === null) return true;
  return (
    result !== 'accepted' && result !== 'accepted_unasked' && afterFailure(answer.code, 'registrar') === 'next_target'
  );
};

type Tried = RegistrarAttempt & { bindings: Binding[] };

const noAnswer = (target: RegistrationTarget, result: RegistrarSilence): Tried => ({
  target,
  result,
  answer: null,
  bindings: [],
  offered: [],
});

async function tryTarget(target: RegistrationTarget, account: SipAccount, options: CheckOptions): Promise<Tried> {
  const dialled = await dialTarget(target, options);
  const { wire } = dialled;
  try {
    const silence = await whyNotToAsk(target, dialled, options);
    if (silence !== undefined || wire === undefined) return noAnswer(target, silence ?? 'connect_failed');
    const domain = sipDomain(account.realm, target.host);
    const limits = { timeoutMs: options.limits.sipMs, signal: options.signal };
    const word = await askRegistrar(wire, account, domain, limits);
    if (isWord(word)) return { target, ...word };
    return noAnswer(target, await explain(target, wire, word, options));
  } finally {
    wire?.close();
  }
}

const isWord = (word: RegistrarWord | Exchange): word is RegistrarWord => 'result' in word;

/**
 * The gate before every credential: over TLS nothing may be wrong with the certificate. Over plain TCP or UDP a hash is used
 * only where CloudLink itself declares the target plain, as apps then use it too; a TLS target is never asked in the clear.
 */
async function whyNotToAsk(
  target: RegistrationTarget,
  { wire, facts }: Dialled,
  options: CheckOptions,
): Promise<RegistrarSilence | undefined> {
  const fault = facts.certificate === null ? null : judgeCertificate(facts.certificate, options.now());
  if (facts.failure === 'tls_failed' || facts.failure === 'tls_timeout')
    return (await findPortKind(target, options)) === 'plain' ? 'port_is_plain' : (fault ?? facts.failure);
  if (fault !== null) return fault;
  if (facts.failure !== null) return facts.failure;
  const isVerified = target.transport !== 'tls' || facts.certificate !== null;
  return isVerified && wire !== undefined ? undefined : 'certificate_untrusted';
}

async function explain(
  target: RegistrationTarget,
  wire: SipWire,
  exchange: Exclude<Exchange, { kind: 'answer' }>,
  options: CheckOptions,
): Promise<RegistrarSilence> {
  if (exchange.kind === 'closed' && wantsClientCertificate(exchange.code)) return 'client_certificate_required';
  if (exchange.kind === 'closed' && exchange.code === 'ECONNREFUSED') return 'connect_refused';
  if (wire.transport === 'tcp' && (await findPortKind(target, options)) === 'tls') return 'port_is_tls';
  if (exchange.kind === 'closed') return 'sip_closed';
  return exchange.kind === 'silent' ? 'sip_silent' : 'not_sip';
}
