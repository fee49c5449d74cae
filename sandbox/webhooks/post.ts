import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface Message {
  url: string;
  headers: Record<string, string>;
  /** The very bytes that a signature was made over. */
  body: Buffer;
}

export interface Reply {
  /** 0: no answer came, or not in time. */
  status: number;
  body: string;
}

const MOST_READ = 64 * 1024;
const NO_ANSWER: Reply = { status: 0, body: '' };

/**
 * One POST with exactly the given headers: `fetch` would add its own. A connection of its own each time, as a kept one
 * may be closed by the receiver just then, and a retry comes minutes later. Follows no redirects. Never throws.
 */
export function post(message: Message, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
  return new Promise((resolve) => {
    const send = message.url.startsWith('https:') ? requestHttps : requestHttp;
    const headers = { ...message.headers, 'content-length': String(message.body.length) };
    const request = send(message.url, { method: 'POST', headers, agent: false, signal }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        if (body.length < MOST_READ) body += text;
      });
      response.on('end', () => end({ status: response.statusCode ?? 0, body }));
      response.on('error', () => end(NO_ANSWER));
      response.on('close', () => end(NO_ANSWER));
    });
    const timer = setTimeout(() => request.destroy(new Error('no answer in time')), timeoutMs);
    const end = (reply: Reply): void => {
      clearTimeout(timer);
      resolve(reply);
    };
    request.on('error', () => end(NO_ANSWER));
    request.end(message.body);
  });
}
