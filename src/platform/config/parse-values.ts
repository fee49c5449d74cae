import { parseNetworkOrAddress, type AddressRange } from '../network/address-range';
import type { EncryptionKey } from './config';

/** Either the value, or the rule that the text breaks. The rule never quotes the text. */
export type Parsed<T> = { value: T } | { rule: string };

export const parseText = (text: string): Parsed<string> =>
  /[\u0000-\u001f\u007f]/.test(text) ? { rule: 'must not contain control characters' } : { value: text };

export const parseList = (text: string): Parsed<string[]> => {
  const items = text.split(',').map((item) => item.trim());
  return items.some((item) => item === '')
    ? { rule: 'must be a comma-separated list without empty items' }
    : { value: items };
};

export const parseNetworks = (text: string): Parsed<AddressRange[]> => {
  const networks: AddressRange[] = [];
  for (const [index, item] of text.split(',').entries()) {
    const parsed = parseNetworkOrAddress(item.trim());
    if ('rule' in parsed) return { rule: `item ${index + 1} ${parsed.rule}, or one address` };
    networks.push(parsed.value);
  }
  return { value: networks };
};

/** One address, not the whole of RFC 5322: what a person would paste. */
const EMAIL = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,253}$/;

export const isEmail = (text: string): boolean => text.length <= 254 && EMAIL.test(text);

export const parseEmail = (text: string): Parsed<string> =>
  isEmail(text) ? { value: text } : { rule: 'must be an email address such as phones@example.com' };

export const parseEmails = (text: string): Parsed<string[]> => {
  const items = text.split(',').map((item) => item.trim());
  return items.every(isEmail) ? { value: items } : { rule: 'must be a comma-separated list of email addresses' };
};

/** nodemailer's connection URL. */
export const parseSmtpUrl = (text: string): Parsed<string> =>
  /^smtps?:\/\/[^\s]+$/.test(text) && URL.canParse(text)
    ? { value: text }
    : { rule: 'must be such as smtps://user:password@host:465 or smtp://host:587' };

export const parseInteger =
  (min: number, max: number) =>
  (text: string): Parsed<number> => {
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? { value } : { rule: `must be a whole number from ${min} to ${max}` };
  };

/** A share from `25` or `25%`. */
export const parsePercent = (text: string): Parsed<number> => {
  const percent = Number(/^(\d{1,3})\s?%?$/.exec(text)?.[1]);
  return percent >= 1 && percent <= 100
    ? { value: percent / 100 }
    : { rule: 'must be a whole percentage from 1 to 100 such as 25' };
};

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds from `900`, `900s`, `15m`, `2h` or `1d`. */
export const parseDuration =
  (minSeconds: number, maxSeconds: number) =>
  (text: string): Parsed<number> => {
    const match = /^(\d{1,9})([smhd]?)$/.exec(text);
    const seconds = match === null ? Number.NaN : Number(match[1]) * (UNIT_SECONDS[match[2] || 's'] ?? Number.NaN);
    return seconds >= minSeconds && seconds <= maxSeconds
      ? { value: seconds }
      : { rule: `must be a duration such as 900, 90s, 15m or 2h, from ${minSeconds} s to ${maxSeconds} s` };
  };

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/** An https address, or http on a loopback host; a path prefix is kept, a trailing slash is not. */
export const parseUrl = (text: string): Parsed<string> => {
  if (!URL.canParse(text)) return { rule: 'must be a URL such as https://host/prefix' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { rule: 'must start with https://' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { rule: 'must use https (plain http is accepted for loopback hosts only)' };
  }
  if (url.username !== '' || url.password !== '') return { rule: 'must not contain a user name or password' };
  if (url.search !== '' || url.hash !== '') return { rule: 'must not contain a query or fragment' };
  return { value: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
};

/** `[id:]base64 of 32 bytes`, comma-separated; a key without an id is known by its place from the end, so that prepending one keeps the others' ids. */
export const parseEncryptionKeys = (text: string): Parsed<EncryptionKey[]> => {
  const items = text.split(',').map((item) => item.trim());
  const keys: EncryptionKey[] = [];
  for (const [index, item] of items.entries()) {
    const match = /^(?:([A-Za-z0-9._-]{1,32}):)?([A-Za-z0-9+/]{43}=?)$/.exec(item);
    const key = Buffer.from(match?.[2] ?? '', 'base64');
    if (match === null || key.length !== 32) {
      return {
        rule: `item ${index + 1} must be [id:]base64 of exactly 32 bytes (id: up to 32 letters, digits, ".", "_", "-")`,
      };
    }
    keys.push({ id: match[1] ?? `k${items.length - index}`, key });
  }
  const ids = new Set(keys.map((k) => k.id));
  return ids.size === keys.length ? { value: keys } : { rule: 'must not use the same id twice' };
};
