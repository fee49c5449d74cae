import type { Target } from '../types';

/** As people write it: with the port, IPv6 in brackets, and the transport where it is not TLS. */
export function addressOf({ host, port, transport }: Pick<Target, 'host' | 'port' | 'transport'>): string {
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return transport === 'tls' ? place : `${place} (${transport.toUpperCase()})`;
}
