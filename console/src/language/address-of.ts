/** Where a registrar listens, as people write it: with the port, IPv6 in brackets, and the transport where it is not TLS. */
export function addressOf({ host, port, transport }: { host: string; port: number; transport: string }): string {
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return transport === 'tls' ? place : `${place} (${transport.toUpperCase()})`;
}
