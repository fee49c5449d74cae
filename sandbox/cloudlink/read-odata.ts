import type { SandboxRequest } from '../http/request';
import { refuseCloudlink } from './cloudlink-error';

/** `$top`, from 1 to `most`. @throws Refusal 400 */
export function readTop(request: SandboxRequest, fallback: number, most: number): number {
  const text = request.query.get('$top') ?? String(fallback);
  const top = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (top < 1 || top > most) throw refuseCloudlink(400, `The request was invalid. $top must be from 1 to ${most}.`);
  return top;
}

/**
 * `$filter=modifiedOn gt '<ISO time>'` (or `ge`) as the first millisecond that is wanted; undefined without a filter.
 * @throws Refusal 400
 */
export function readModifiedSince(request: SandboxRequest): number | undefined {
  const filter = request.query.get('$filter');
  if (filter === null) return undefined;
  const [, operator, time] = /^modifiedOn (g[te]) '([^']{10,40})'$/.exec(filter.trim()) ?? [];
  const since = Date.parse(time ?? '');
  if (Number.isNaN(since)) throw refuseCloudlink(400, 'The request was invalid. The filter is not supported.');
  return operator === 'gt' ? since + 1 : since;
}

/** Where a listing goes on, and after how many changes of the list that was said. */
export interface SkipToken {
  position: number;
  changes: number;
}

export function writeSkipToken(token: SkipToken): string {
  return Buffer.from(`v1.${token.position}.${token.changes}`).toString('base64url');
}

/** @throws Refusal 400 */
export function readSkipToken(request: SandboxRequest): SkipToken | undefined {
  const text = request.query.get('$skiptoken');
  if (text === null) return undefined;
  const match = /^v1\.(-?\d{1,10})\.(\d{1,9})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
  if (match === null) throw refuseCloudlink(400, 'The request was invalid. The continuation token is not known.');
  return { position: Number(match[1]), changes: Number(match[2]) };
}
