import { BlockList } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** What proxies add: whoever sends one of these is not, or does not want to be, a direct caller. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * A program on this machine that calls us without a proxy between. A proxy on this machine that adds no header of its
 * own still gives itself away by the name that it was asked for: the Host must be this machine's, too.
 */
export function isDirectLoopback(
  remoteAddress: string | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): boolean {
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  const { host } = headers;
  return isLoopback(remoteAddress ?? '') && typeof host === 'string' && isOwnName(host);
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return LOOPBACK.check(plain, 'ipv4') || LOOPBACK.check(plain, 'ipv6');
}

function isOwnName(host: string): boolean {
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  return name === 'localhost' || isLoopback(name);
}
