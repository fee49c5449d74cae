import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { isIP, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { SecureContext } from 'node:tls';
import type { RegistrationTarget } from '../parse-target';
import { DatagramWire } from '../wire/datagram-wire';
import type { SipWire } from '../wire/sip-wire';
import { StreamWire } from '../wire/stream-wire';
import type { DialFacts, DialFailure, DialLimits } from './dial-facts';
import { openTcp } from './open-tcp';
import { openTls } from './open-tls';
import { resolveHost, type ResolveHost } from './resolve-host';
import { within } from './within';

export interface DialOptions {
  limits: DialLimits;
  signal: AbortSignal;
  /** Authorities to trust; undefined: those that Node trusts. */
  secureContext?: SecureContext | undefined;
  /** Whether this address may be spoken to at all; asked for every one before a packet leaves. */
  mayConnect: (address: string) => boolean;
  resolve?: ResolveHost;
}

export interface Dialled {
  /** Open when `facts.failure` is null. Over TLS it is not verified: see judgeCertificate. */
  wire: SipWire | undefined;
  facts: DialFacts;
}

type Place = Pick<RegistrationTarget, 'host' | 'port' | 'transport'>;

const NOTHING: DialFacts = {
  address: null,
  dnsMs: null,
  tcpMs: null,
  tlsMs: null,
  tlsVersion: null,
  certificate: null,
  failure: null,
  code: null,
};

/** The name, a connection, the handshake: each step with its own limit, and all that was seen on the way. @throws the reason of `signal` */
export async function dialTarget(target: Place, options: DialOptions): Promise<Dialled> {
  const started = performance.now();
  const { limits, signal, resolve = resolveHost } = options;
  const addresses = await resolve(target.host, limits.dnsMs, signal);
  const [first] = addresses;
  if (first === undefined) return failed({ ...NOTHING, dnsMs: since(started) }, 'dns_failed', null);
  const facts = { ...NOTHING, address: first, dnsMs: isIP(target.host) === 0 ? since(started) : null };
  // One among good ones is enough to refuse: which of them is used would be for the name server to say.
  if (!addresses.every(options.mayConnect)) return failed(facts, 'address_refused', null);
  if (target.transport === 'udp') return dialUdp(target, facts, options);
  const tcp = await dialTcp(target, addresses, facts, options);
  if ('facts' in tcp) return tcp;
  return target.transport === 'tls' ? dialTls(target, tcp.socket, tcp.seen, options) : plain(tcp.socket, tcp.seen);
}

async function dialTcp(
  { port }: Place,
  addresses: readonly string[],
  facts: DialFacts,
  { limits, signal }: DialOptions,
): Promise<Dialled | { socket: Socket; seen: DialFacts }> {
  let worst: Dialled | undefined;
  for (const address of addresses) {
    const started = performance.now();
    const outcome = await openTcp({ address, port }, limits.tcpMs, signal);
    const seen = { ...facts, address, tcpMs: since(started) };
    if ('socket' in outcome) return { socket: outcome.socket, seen };
    worst ??= failed(seen, tcpFailure(outcome.code), outcome.code);
  }
  return worst ?? failed(facts, 'dns_failed', null);
}

function tcpFailure(code: string): DialFailure {
  if (code === 'ECONNREFUSED') return 'connect_refused';
  return code === 'ETIMEDOUT' ? 'connect_timeout' : 'connect_failed';
}

function plain(socket: Socket, facts: DialFacts): Dialled {
  return { wire: new StreamWire(socket, 'tcp', endsOf(socket)), facts };
}

async function dialTls({ host }: Place, tcp: Socket, facts: DialFacts, options: DialOptions): Promise<Dialled> {
  const started = performance.now();
  const ends = endsOf(tcp);
  const outcome = await openTls(
    tcp,
    { host, address: facts.address ?? host },
    { timeoutMs: options.limits.tlsMs, signal: options.signal, secureContext: options.secureContext },
  );
  const { certificate } = outcome;
  if ('failure' in outcome) return failed({ ...facts, certificate }, outcome.failure, outcome.code);
  const seen = { ...facts, certificate, tlsMs: since(started), tlsVersion: outcome.version };
  return { wire: new StreamWire(outcome.socket, 'tls', ends), facts: seen };
}

/** A UDP socket "connects" without a packet: whether somebody is there shows with the first answer. */
async function dialUdp({ port }: Place, facts: DialFacts, { limits, signal }: DialOptions): Promise<Dialled> {
  const address = facts.address ?? '';
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  socket.on('error', () => undefined);
  const code = await connectUdp(socket, { address, port }, limits.tcpMs, signal);
  if (code === null) return { wire: new DatagramWire(socket), facts };
  socket.close();
  return failed(facts, 'connect_failed', code);
}

async function connectUdp(
  socket: UdpSocket,
  { address, port }: { address: string; port: number },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string | null> {
  const code = await within<string | null>(timeoutMs, signal, (settle) => {
    const onError = (error: NodeJS.ErrnoException): void => settle(error.code ?? 'UNKNOWN');
    socket.once('error', onError);
    socket.connect(port, address, () => settle(null));
    return () => socket.off('error', onError);
  });
  return code === undefined ? 'ETIMEDOUT' : code;
}

const endsOf = (socket: Socket): { localAddress: string; localPort: number } => ({
  localAddress: socket.localAddress ?? '0.0.0.0',
  localPort: socket.localPort ?? 0,
});

const failed = (facts: DialFacts, failure: DialFailure, code: string | null): Dialled => ({
  wire: undefined,
  facts: { ...facts, failure, code },
});

/** Milliseconds with one decimal. */
const since = (started: number): number => Math.round((performance.now() - started) * 10) / 10;
