import type { SipHeaders } from './sip-headers';
import { parseParameter, splitOutside } from './split-values';

/** A device that is bound to a user now, as the registrar tells it. */
export interface Binding {
  uri: string;
  /** Seconds; null: not told. */
  expires: number | null;
  /** `+sip.instance` (RFC 5626): the same after a restart of the device. */
  instance: string | null;
  userAgent: string | null;
}

/** More devices than a user may have; what a registrar tells beyond that is not kept. */
export const MAX_BINDINGS = 20;
const MAX_URI = 500;
const MAX_WORD = 200;

/** The Contact fields of a 200 to REGISTER (RFC 3261 section 10.3, step 8). What is no address is left out. */
export function parseContacts(headers: SipHeaders): Binding[] {
  const bindings: Binding[] = [];
  for (const value of headers.all('contact')) {
    for (const contact of splitOutside(value, ',')) {
      const binding = parseContact(contact);
      if (binding !== undefined && bindings.push(binding) === MAX_BINDINGS) return bindings;
    }
  }
  return bindings;
}

function parseContact(contact: string): Binding | undefined {
  const [address = '', ...rest] = splitOutside(contact, ';');
  const [, inAngles] = /<([^<>]*)>$/.exec(address) ?? [];
  const uri = printable(inAngles ?? address, MAX_URI);
  if (!/^[a-z][a-z0-9+.-]*:/i.test(uri)) return undefined;
  const parameters = new Map(rest.map(parseParameter));
  const expires = parameters.get('expires') ?? '';
  return {
    uri,
    expires: /^\d{1,10}$/.test(expires) ? Math.min(Number(expires), 2 ** 31 - 1) : null,
    instance: parameters.has('+sip.instance') ? printable(parameters.get('+sip.instance') ?? '', MAX_WORD) : null,
    // Not of the standard, but told by many registrars.
    userAgent: parameters.has('user-agent') ? printable(parameters.get('user-agent') ?? '', MAX_WORD) : null,
  };
}

/** Foreign words for a person to read: one line of signs that can be printed, and not too many. */
export const printable = (text: string, most: number): string =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, most);
