import { SipHeaders } from './sip-headers';
import { SipStreamError } from './sip-message';

/** More header fields than any answer of a registrar has; a hundred bindings are a hundred Contact fields. */
const MAX_FIELDS = 300;
/** RFC 3261 section 25.1: `token`. */
const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i;
const REQUEST_LINE = /^([A-Za-z0-9\-.!%*_+`'~]{1,40}) (\S{1,2000}) SIP\/2\.0$/i;

export type StartLine =
  { kind: 'response'; code: number; reason: string } | { kind: 'request'; method: string; uri: string };

/** @throws SipStreamError `not_sip` */
export function parseStartLine(line: string): StartLine {
  const [isStatus, code, reason = ''] = STATUS_LINE.exec(line) ?? [];
  if (isStatus !== undefined) return { kind: 'response', code: Number(code), reason };
  const [, method, uri] = REQUEST_LINE.exec(line) ?? [];
  if (method === undefined || uri === undefined) throw new SipStreamError('not_sip', 'the first line is no SIP');
  return { kind: 'request', method: method.toUpperCase(), uri };
}

/**
 * Everything before the empty line, without it. A line that begins with a blank goes on with the one before it (RFC 3261
 * section 7.3.1).
 * @throws SipStreamError
 */
export function parseHead(head: string): { start: StartLine; headers: SipHeaders } {
  const [first = '', ...lines] = head.split('\r\n');
  const start = parseStartLine(first);
  const fields: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && fields.length > 0) fields[fields.length - 1] += ` ${line.trim()}`;
    else if (fields.push(line) > MAX_FIELDS) throw new SipStreamError('too_large', 'too many header fields');
  }
  const headers = new SipHeaders();
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, Math.max(0, colon)).trimEnd();
    if (!TOKEN.test(name)) throw new SipStreamError('not_sip', 'a header field has no name');
    headers.add(name, field.slice(colon + 1).trim());
  }
  return { start, headers };
}

/** undefined: the message does not say. @throws SipStreamError when it is no number, or says two different things */
export function contentLength(headers: SipHeaders): number | undefined {
  const values = new Set(headers.all('content-length'));
  const [value] = values;
  if (value === undefined) return undefined;
  if (values.size > 1 || !/^\d{1,9}$/.test(value)) throw new SipStreamError('not_sip', 'the length is no number');
  return Number(value);
}
