import { dialTarget, type DialOptions } from '../dial/dial-target';
import type { RegistrationTarget } from '../parse-target';
import { writeOptions } from './write-options';

/** What a port speaks that does not answer as it should. */
export type PortKind = 'plain' | 'tls';

/** Short: it is the second look at a port that has cost its time already. */
const LIMITS = { dnsMs: 2_000, tcpMs: 2_000, tlsMs: 2_000, sipMs: 2_000 };

/**
 * TLS spoken to a plain port is silence, plain SIP spoken to a TLS port is a closed connection: from the one side both look
 * like a broken SBC. So the other way is tried, once, with a question that holds no credential.
 * @returns undefined: it does not speak that either @throws the reason of `signal`
 */
export async function findPortKind(
  target: Pick<RegistrationTarget, 'host' | 'port' | 'transport'>,
  options: DialOptions,
): Promise<PortKind | undefined> {
  if (target.transport === 'udp') return undefined;
  const other = target.transport === 'tls' ? 'tcp' : 'tls';
  const limits = { ...LIMITS, sipMs: Math.min(LIMITS.sipMs, options.limits.sipMs) };
  const { wire } = await dialTarget({ ...target, transport: other }, { ...options, limits });
  if (wire === undefined) return undefined;
  try {
    if (other === 'tls') return 'tls';
    const { kind } = await wire.exchange(writeOptions(target.host, wire), {
      timeoutMs: limits.sipMs,
      signal: options.signal,
    });
    return kind === 'answer' ? 'plain' : undefined;
  } finally {
    wire.close();
  }
}
