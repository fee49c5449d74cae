import type { IncomingMessage } from 'node:http';
import { AppError } from '../platform/errors/app-error';
import { toHandle } from './structured-tokens';

/** As much as oidc-provider takes. */
const MAX_BYTES = 56 * 1024;

/** The same request, with the JWT in its form in the spelling that oidc-provider lets through; see StructuredTokens. */
export async function spellToken(request: IncomingMessage): Promise<IncomingMessage> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  if (!isForm) return request;
  const form = [...new URLSearchParams(await read(request))].map(([name, value]): [string, string] => [
    name,
    name === 'token' && value.split('.').length === 3 ? toHandle(value) : value,
  ]);
  const body = Buffer.from(new URLSearchParams(form).toString(), 'utf8');
  return Object.create(request, {
    headers: { value: { ...request.headers, 'content-length': String(body.length), 'transfer-encoding': undefined } },
    readable: { value: true },
    readableEncoding: { value: null },
    iterator: {
      value: async function* (): AsyncGenerator<Buffer> {
        yield body;
      },
    },
  }) as IncomingMessage;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw new AppError('payload_too_large', 'The form is too large.');
      chunks.push(chunk);
    }
  } catch (error) {
    // Otherwise the caller has gone, or was too slow: nothing that anybody here has to act on.
    throw error instanceof AppError ? error : new AppError('invalid_request', 'The form broke off.', { cause: error });
  }
  return Buffer.concat(chunks).toString('utf8');
}
