import { parseUrl } from '../../platform/config/parse-values';
import { invalidRequest } from '../../platform/http/validation';
import { checkLiteralHost, RefusedAddressError, resolveHost, type Resolve } from '../delivery/guarded-lookup';
import { isRefusedAddress, type Reach } from '../delivery/refused-address';

export const MAX_URL_LENGTH = 2_000;
const LOOKUP_MS = 3_000;

/**
 * Tells early of an address that would be refused at every try. What the host resolves to counts again at each
 * connection; a host that cannot be resolved now is accepted.
 * @returns the URL in the form in which it is kept
 * @throws AppError `invalid_request`
 */
export async function checkWebhookUrl(text: string, reach: Reach, resolve: Resolve = resolveHost): Promise<string> {
  const parsed = parseUrl(text);
  if ('rule' in parsed) throw wrongUrl(parsed.rule);
  if (parsed.value.length > MAX_URL_LENGTH) throw wrongUrl(`must have at most ${MAX_URL_LENGTH} characters`);
  const url = new URL(parsed.value);
  const addresses = await addressesOf(url, reach, resolve);
  if (addresses.some((address) => isRefusedAddress(address, reach))) throw refused();
  return parsed.value;
}

function addressesOf(url: URL, reach: Reach, resolve: Resolve): Promise<string[]> {
  try {
    checkLiteralHost(url, reach);
  } catch (error) {
    if (error instanceof RefusedAddressError) throw refused();
    throw error;
  }
  if (url.hostname.startsWith('[')) return Promise.resolve([]);
  return new Promise((done) => {
    const timer = setTimeout(() => done([]), LOOKUP_MS);
    resolve(url.hostname, (error, addresses) => {
      clearTimeout(timer);
      done(error === null ? addresses.map(({ address }) => address) : []);
    });
  });
}

const wrongUrl = (rule: string): Error => invalidRequest([{ field: 'url', rule }]);
const refused = (): Error => wrongUrl('must lead to the internet, not to this machine or a private network');
