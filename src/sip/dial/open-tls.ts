import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import { readCertificate, type CertificateFacts } from './certificate-facts';
import type { DialFailure } from './dial-facts';
import { within } from './within';

export type TlsOutcome = { certificate: CertificateFacts | null } & (
  { socket: TLSSocket; version: string | null } | { failure: DialFailure; code: string | null }
);

/** Alerts of a server that wants a certificate of ours (RFC 8446 section 6.2: 116; older ones: 42 and 41). */
const WANTS_CERTIFICATE = /CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE|NO_CERTIFICATE/;

/** With TLS 1.3 the alert comes after a handshake that looked fine, in place of an answer. */
export const wantsClientCertificate = (code: string | null): boolean => code !== null && WANTS_CERTIFICATE.test(code);

/**
 * Shakes hands over an open connection. The certificate is read, whatever it is worth, and judged by others: whoever sends a
 * credential must ask `isTrustworthy` first.
 * @throws the reason of `signal`
 */
export async function openTls(
  tcp: Socket,
  place: { host: string; address: string },
  options: { timeoutMs: number; signal: AbortSignal; secureContext: SecureContext | undefined },
): Promise<TlsOutcome> {
  const { host } = place;
  const socket = connect({
    socket: tcp,
    // A name only: RFC 6066 section 3 has no addresses in it.
    ...(isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : {}),
    rejectUnauthorized: false,
    // Held against host and address by readCertificate.
    checkServerIdentity: () => undefined,
    ...(options.secureContext === undefined ? {} : { secureContext: options.secureContext }),
  });
  socket.on('error', () => undefined);
  const outcome = await within<'open' | { code: string | null }>(options.timeoutMs, options.signal, (settle) => {
    const onOpen = (): void => settle('open');
    const onError = (error: NodeJS.ErrnoException): void => settle({ code: error.code ?? null });
    const onEnd = (): void => settle({ code: 'ECONNRESET' });
    socket.once('secureConnect', onOpen).once('error', onError).once('close', onEnd);
    return () => socket.off('secureConnect', onOpen).off('error', onError).off('close', onEnd);
  }).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  const peer = socket.getPeerX509Certificate();
  const certificate = peer === undefined ? null : describe(peer, place, socket);
  if (outcome === 'open') return { socket, certificate, version: socket.getProtocol() };
  socket.destroy();
  if (outcome === undefined) return { failure: 'tls_timeout', code: null, certificate };
  return { failure: judgeFailure(outcome.code, certificate !== null), code: outcome.code, certificate };
}

/** TLS 1.2 has no alert of its own for it: a handshake that fails after the server has shown its certificate lacks ours. */
function judgeFailure(code: string | null, sawCertificate: boolean): DialFailure {
  const lacksOurs = sawCertificate && code === 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE';
  return lacksOurs || wantsClientCertificate(code) ? 'client_certificate_required' : 'tls_failed';
}

function describe(
  peer: X509Certificate,
  place: { host: string; address: string },
  socket: TLSSocket,
): CertificateFacts {
  // Typed as an error, it is a code (Node sets it from error.code).
  const error = socket.authorizationError as unknown as string | Error | null | undefined;
  const chainError =
    error === null || error === undefined ? null : String(error instanceof Error ? error.message : error);
  return readCertificate(peer, { ...place, chainError });
}
