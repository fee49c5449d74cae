import { BlockList, isIP, isIPv4 } from 'node:net';

/** `public`: what any host of the internet may be. `private`: this machine and its networks too. */
export type Reach = 'public' | 'private';

/**
 * Nobody lives here: the host itself as "any", link-local with the clouds' metadata services, multicast, and what is only
 * for documentation (RFC 5737, RFC 3849), as in the sandbox.
 */
const NEVER = blockList(
  [
    ...['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', '100.100.100.200/32', '168.63.129.16/32'],
    ...['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'],
  ],
  ['::/128', 'fe80::/10', 'ff00::/8', 'fd00:ec2::254/128', 'fd20:ce::254/128', '2001:db8::/32'],
);
/** RFC 6890: loopback, private use, shared by carriers, protocol assignments, benchmarks, old tunnels. */
const NOT_PUBLIC = blockList(
  ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ['::1/128', 'fc00::/7', 'fec0::/10', '2001::/32', '2002::/16'],
);
/** RFC 6052: an IPv4 address in the last four bytes. */
const NAT64 = blockList([], ['64:ff9b::/96']);

/** Whether a webhook may not go to this address. An IPv4 address in IPv6 clothes is judged as what it is. */
export function isRefusedAddress(address: string, reach: Reach): boolean {
  const bare = address.split('%')[0] ?? '';
  if (isIP(bare) === 0) return true;
  const plain = isIPv4(bare) ? bare : (embeddedIpv4(bare) ?? bare);
  const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
  return NEVER.check(plain, family) || (reach === 'public' && NOT_PUBLIC.check(plain, family));
}

function embeddedIpv4(address: string): string | undefined {
  // The URL parser brings every way to write an address into one form.
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high = '', low = ''] = /(?:^|:)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? [];
  const isMapped = /^::ffff:[0-9a-f]{1,4}:[0-9a-f]{1,4}$/.test(text);
  if ((!isMapped && !NAT64.check(text, 'ipv6')) || high === '') return undefined;
  const bytes = [high, low].flatMap((part) => [parseInt(part, 16) >> 8, parseInt(part, 16) & 255]);
  return bytes.join('.');
}

function blockList(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [family, ranges] of [
    ['ipv4', ipv4],
    ['ipv6', ipv6],
  ] as const) {
    for (const range of ranges) {
      const [network = '', bits = ''] = range.split('/');
      list.addSubnet(network, Number(bits), family);
    }
  }
  return list;
}
