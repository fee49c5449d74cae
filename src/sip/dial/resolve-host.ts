import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { within } from './within';

/** Everything that a name stands for, as the machine resolves it (hosts file, DNS); empty: nothing. */
export type ResolveHost = (host: string, timeoutMs: number, signal: AbortSignal) => Promise<string[]>;

/** More addresses than one host needs. */
const MAX_ADDRESSES = 4;

export const resolveHost: ResolveHost = async (host, timeoutMs, signal) => {
  if (isIP(host) !== 0) return [host];
  const found = await within<string[]>(timeoutMs, signal, (settle) => {
    lookup(host, { all: true, verbatim: true }, (error, addresses) =>
      settle(error === null ? addresses.slice(0, MAX_ADDRESSES).map(({ address }) => address) : []),
    );
    return () => undefined;
  });
  return found ?? [];
};
