import { wantsClientCertificate } from '../dial/open-tls';
import type { DialFacts } from '../dial/dial-facts';
import { dialTarget, type DialOptions } from '../dial/dial-target';
import type { RegistrationTarget } from '../parse-target';
import type { Exchange, SipWire } from '../wire/sip-wire';
import { findPortKind, type PortKind } from './port-kind';
import { readAnswer, type SipAnswer } from './sip-answer';
import { writeOptions } from './write-options';

/** What came of the OPTIONS. */
export type SipFacts =
  | { kind: 'answer'; answer: SipAnswer; ms: number }
  | { kind: 'silent' | 'not_sip' }
  | { kind: 'closed'; code: string | null };

/** Everything that one look at a target has seen; judgeProbe says what it means. */
export interface ProbeFacts extends DialFacts {
  /** null: it never came to that. */
  sip: SipFacts | null;
  /** Set when the port turned out to speak the other way. */
  portKind: PortKind | null;
}

/**
 * Looks at a target as an app would, step by step, without any credential: OPTIONS goes out over a connection of any worth,
 * because an SBC with an expired certificate that answers is another fault than one that is dead.
 * @throws the reason of the signal; nothing else
 */
export async function probeTarget(
  target: Pick<RegistrationTarget, 'host' | 'port' | 'transport'>,
  options: DialOptions,
): Promise<ProbeFacts> {
  const { wire, facts } = await dialTarget(target, options);
  if (wire === undefined) {
    const isTls = facts.failure === 'tls_failed' || facts.failure === 'tls_timeout';
    return { ...facts, sip: null, portKind: isTls ? ((await findPortKind(target, options)) ?? null) : null };
  }
  const sip = await ask(target.host, wire, options);
  if (sip.kind === 'closed' && wire.transport === 'tls' && wantsClientCertificate(sip.code))
    return { ...facts, failure: 'client_certificate_required', code: sip.code, sip: null, portKind: null };
  if (sip.kind === 'closed' && wire.transport === 'udp' && sip.code === 'ECONNREFUSED')
    return { ...facts, failure: 'connect_refused', code: sip.code, sip: null, portKind: null };
  const isDoubtful = sip.kind !== 'answer' && wire.transport === 'tcp';
  return { ...facts, sip, portKind: isDoubtful ? ((await findPortKind(target, options)) ?? null) : null };
}

async function ask(host: string, wire: SipWire, { limits, signal }: DialOptions): Promise<SipFacts> {
  try {
    return toFacts(await wire.exchange(writeOptions(host, wire), { timeoutMs: limits.sipMs, signal }));
  } finally {
    wire.close();
  }
}

function toFacts(exchange: Exchange): SipFacts {
  if (exchange.kind !== 'answer') return exchange;
  return { kind: 'answer', answer: readAnswer(exchange.response), ms: Math.round(exchange.ms * 10) / 10 };
}
