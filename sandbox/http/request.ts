import type { IncomingMessage } from 'node:http';
import { json, Refusal } from './answer';

/** A request as handlers see it: parsed once, at the edge. */
export interface SandboxRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Body fields of a form or of a flat JSON object; other JSON values are in `json`. */
  fields: Record<string, string>;
  json: unknown;
}

const MAX_BODY_BYTES = 1024 * 1024;

export async function readRequest(incoming: IncomingMessage): Promise<SandboxRequest> {
  // A URL such as `//host` is legal in a request line and must not be taken for another host.
  const target = new URL(`http://sandbox${incoming.url ?? '/'}`);
  const text = await readBody(incoming);
  const type = (incoming.headers['content-type'] ?? '').toLowerCase();
  const parsed = type.includes('json') && text !== '' ? parseJson(text) : undefined;
  return {
    method: incoming.method ?? 'GET',
    path: target.pathname,
    query: target.searchParams,
    headers: incoming.headers,
    fields: type.includes('x-www-form-urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : flatten(parsed),
    json: parsed,
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Refusal(json(413, { message: 'The request body is larger than 1 MiB.' }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(json(400, { name: 'BadRequest', message: 'The request body is not JSON.' }));
  }
}

function flatten(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const simple = Object.entries(value).filter(([, item]) => ['string', 'number', 'boolean'].includes(typeof item));
  return Object.fromEntries(simple.map(([key, item]) => [key, String(item)]));
}
