import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { checkLiteralHost, guardedLookup, type Resolve } from './guarded-lookup';
import type { Reach } from './refused-address';

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  reach: Reach;
  timeoutMs: number;
  signal: AbortSignal;
  resolve?: Resolve;
}

/**
 * Sends and looks at the status only: no redirect is followed, no byte of the answer is read, no connection is kept (one
 * that was checked for one owner must not be used for another).
 * @returns the HTTP status
 * @throws Error with a code: of the network, `TIMEOUT`, or `ADDRESS_REFUSED`
 */
export async function postJson(post: Post): Promise<number> {
  const url = new URL(post.url);
  checkLiteralHost(url, post.reach);
  const limit = AbortSignal.timeout(post.timeoutMs);
  try {
    return await new Promise<number>((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const request = send(
        url,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'content-length': String(post.body.length),
            'user-agent': 'zoom-cloudlink-connector',
            ...post.headers,
          },
          agent: false,
          lookup: guardedLookup(post.reach, post.resolve),
          signal: AbortSignal.any([post.signal, limit]),
        },
        (response) => {
          response.on('error', () => undefined);
          resolve(response.statusCode ?? 0);
          response.destroy();
        },
      );
      request.on('error', reject);
      request.end(post.body);
    });
  } catch (error) {
    if (limit.aborted && !post.signal.aborted) throw Object.assign(new Error('no answer in time'), { code: 'TIMEOUT' });
    throw error;
  }
}
