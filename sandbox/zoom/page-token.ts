import { createHmac } from 'node:crypto';

/** Where a listing goes on, and when that was said. */
export interface PageToken {
  status: string;
  position: number;
  issuedMs: number;
}

/** Zoom: "the expiration period for this token is 15 minutes". */
const LIFETIME_MS = 15 * 60_000;

const seal = (text: string, seed: string): string =>
  createHmac('sha256', `${seed}|page`).update(text).digest('base64url').slice(0, 12);

export function writePageToken(token: PageToken, seed: string): string {
  const text = Buffer.from(JSON.stringify([token.status, token.position, token.issuedMs])).toString('base64url');
  return `${text}${seal(text, seed)}`;
}

/** The position to go on from; undefined when the token is forged, of another listing, or older than 15 minutes. */
export function readPageToken(text: string, status: string, seed: string, nowMs: number): number | undefined {
  const body = text.slice(0, -12);
  if (body === '' || seal(body, seed) !== text.slice(-12)) return undefined;
  const [tokenStatus, position, issuedMs] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [
    string,
    number,
    number,
  ];
  return tokenStatus === status && nowMs - issuedMs < LIFETIME_MS ? position : undefined;
}
