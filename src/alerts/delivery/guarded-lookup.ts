import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isRefusedAddress, type Reach } from './refused-address';

/** Everything that a name resolves to. */
export type Resolve = (host: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

export const resolveHost: Resolve = (host, done) => lookup(host, { all: true }, done);

/** A webhook's host is on a network that it may not be on. */
export class RefusedAddressError extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/**
 * Looks at the very addresses that a connection is made to: a name may resolve to something else a moment after it was
 * checked. One bad address among good ones is enough to refuse.
 */
export function guardedLookup(reach: Reach, resolve: Resolve = resolveHost): LookupFunction {
  return (host, options, callback) =>
    resolve(host, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) {
        callback(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
      } else if (addresses.some(({ address }) => isRefusedAddress(address, reach))) {
        callback(new RefusedAddressError('the address is refused'), []);
      } else if (options.all === true) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
}

/** Node does not look up a host that is an address already. @throws RefusedAddressError */
export function checkLiteralHost(url: URL, reach: Reach): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isRefusedAddress(host, reach)) throw new RefusedAddressError('the address is refused');
}
