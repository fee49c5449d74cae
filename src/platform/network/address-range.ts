import { isIPv4, isIPv6 } from 'node:net';

/** An IP address as a number. IPv4 in IPv6 clothes (::ffff:192.0.2.1, RFC 4291 section 2.5.5.2) is IPv4: sockets show both. */
interface Address {
  bits: 32 | 128;
  value: bigint;
}

/** The addresses that begin with the first `prefix` bits of `value`. */
export interface AddressRange extends Address {
  prefix: number;
  /** In the one canonical spelling, such as `10.20.0.0/16` or `2001:db8::/32`. */
  text: string;
}

const MAPPED = 0xffffn;
const MAPPED_BITS = 96;

/** Such as `10.20.0.0/16`, or the rule that the text breaks. A network, so nothing may be set beyond its prefix. */
export function parseNetwork(text: string): { value: AddressRange } | { rule: string } {
  const [, start = '', length = ''] = /^([^/\s]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(start);
  if (address === undefined) return { rule: 'must be a network such as 10.20.0.0/16 or 2001:db8:20::/48' };
  // A mapped network counts its prefix in 128 bits; when it goes below the 96 of the mapping, it holds more than IPv4.
  const prefix = start.includes(':') && address.bits === 32 ? Number(length) - MAPPED_BITS : Number(length);
  if (prefix > address.bits || prefix < 0)
    return { rule: 'must have a prefix that fits: at most /32 (IPv4) or /128 (IPv6)' };
  if (prefix === 0) return { rule: 'must not be /0, which is everybody' };
  const range = toRange(address, prefix);
  if (range.value !== address.value)
    return { rule: `must not have bits after its prefix: ${range.text} is the network` };
  return { value: range };
}

/** A network, or one address. */
export function parseNetworkOrAddress(text: string): { value: AddressRange } | { rule: string } {
  const address = parseAddress(text);
  return address === undefined ? parseNetwork(text) : { value: toRange(address, address.bits) };
}

/** False for whatever is no IP address at all. */
export function isWithin(ranges: readonly AddressRange[], text: string | undefined): boolean {
  const address = text === undefined ? undefined : parseAddress(text);
  if (address === undefined) return false;
  return ranges.some(
    ({ bits, value, prefix }) =>
      bits === address.bits && firstBits(address, prefix) === firstBits({ bits, value }, prefix),
  );
}

function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { bits: 32, value: join(text.split('.').map(Number), 8) };
  // A zone (fe80::1%eth0) means something on one machine only.
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const value = join(groupsOf(text), 16);
  return value >> 32n === MAPPED ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}

/** The URL standard spells an IPv6 address in one way: no dotted end, one `::` at most. */
function groupsOf(text: string): number[] {
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const numbers = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  const [left, right] = [numbers(head), numbers(tail ?? '')];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

const join = (parts: readonly number[], width: number): bigint =>
  parts.reduce((value, part) => (value << BigInt(width)) | BigInt(part), 0n);

const firstBits = ({ bits, value }: Address, prefix: number): bigint => value >> BigInt(bits - prefix);

function toRange(address: Address, prefix: number): AddressRange {
  const rest = BigInt(address.bits - prefix);
  const value = (address.value >> rest) << rest;
  return { bits: address.bits, value, prefix, text: `${spell({ bits: address.bits, value })}/${prefix}` };
}

function spell({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => Number((value >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
