import { connect, type Socket } from 'node:net';

/** What a load run came to. */
export interface Load {
  answers: number;
  seconds: number;
  p50: number;
  p99: number;
  /** Answers by HTTP status. */
  statuses: Record<number, number>;
}

export interface LoadOrder {
  port: number;
  connections: number;
  /** Ends after so many seconds, or when `requests` are used up. */
  seconds?: number;
  /** Whole requests, head and body; the next one is taken by whichever connection is free. */
  nextRequest: () => Buffer | undefined;
  /** Told of each answer before the next request leaves. */
  onAnswer?: (request: number, status: number) => void;
}

/**
 * HTTP/1.1 over plain sockets, one request on the way per connection. It knows only what servers here answer with: a head
 * and a Content-Length. A library that knows more would take the core that the server needs.
 */
export async function load(order: LoadOrder): Promise<Load> {
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  const began = performance.now();
  const until = order.seconds === undefined ? Infinity : began + order.seconds * 1000;
  let sent = 0;
  const take = (): { request: Buffer; number: number } | undefined => {
    if (performance.now() >= until) return undefined;
    const request = order.nextRequest();
    if (request === undefined) return undefined;
    sent += 1;
    return { request, number: sent - 1 };
  };
  await Promise.all(
    Array.from({ length: order.connections }, () =>
      drive(order.port, take, (number, status, ms) => {
        latencies.push(ms);
        statuses[status] = (statuses[status] ?? 0) + 1;
        order.onAnswer?.(number, status);
      }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { answers: latencies.length, seconds, p50: at(0.5), p99: at(0.99), statuses };
}

function drive(
  port: number,
  take: () => { request: Buffer; number: number } | undefined,
  onAnswer: (number: number, status: number, ms: number) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let current: { number: number; since: number } | undefined;
    let text = '';
    const next = (): void => {
      const taken = take();
      if (taken === undefined) {
        socket.end();
        resolve();
        return;
      }
      current = { number: taken.number, since: performance.now() };
      socket.write(taken.request);
    };
    socket.setEncoding('latin1');
    socket.on('connect', next);
    socket.on('data', (chunk: string) => {
      text += chunk;
      const length = answerLength(text);
      if (length === undefined || text.length < length || current === undefined) return;
      const status = Number(text.slice(9, 12));
      const { number, since } = current;
      text = text.slice(length);
      onAnswer(number, status, performance.now() - since);
      next();
    });
    // A server that was killed: what was on the way has no answer.
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
  });
}

/** Of head and body; undefined while the head is not whole. */
function answerLength(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  return head + 4 + Number(length ?? 0);
}

export function getRequest(path: string, headers: Record<string, string> = {}): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: bench\r\n${lines(headers)}\r\n`);
}

export function bodyRequest(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Buffer {
  const text = JSON.stringify(body);
  const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers };
  return Buffer.from(`${method} ${path} HTTP/1.1\r\nhost: bench\r\n${lines(all)}\r\n${text}`);
}

const lines = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
