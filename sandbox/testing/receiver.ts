import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  /** As it came over the wire. */
  raw: Buffer;
  body: Record<string, unknown>;
  atMs: number;
}

/** What to answer to the n-th request (0: the first). */
export type Answering = (received: Received, place: number) => { status: number; body?: string } | 'nothing' | 'cut';

/** A small HTTP server that keeps what is sent to it. */
export class Receiver {
  readonly received: Received[] = [];
  answering: Answering = () => ({ status: 204 });
  /** How long each answer takes. */
  delayMs = 0;
  /** The most requests that waited for their answer at the same time. */
  mostAtOnce = 0;
  private atOnce = 0;
  url = '';
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks);
        const body = JSON.parse(raw.toString('utf8')) as Record<string, unknown>;
        const received = { headers: request.headers, raw, body, atMs: performance.now() };
        this.received.push(received);
        const answer = this.answering(received, this.received.length - 1);
        this.atOnce += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
        setTimeout(() => {
          this.atOnce -= 1;
          if (answer === 'cut') response.destroy();
          else if (answer !== 'nothing') response.writeHead(answer.status).end(answer.body);
        }, this.delayMs);
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
    return this;
  }

  /** Answers one status after the other; the last one again and again. */
  answers(...statuses: number[]): void {
    this.answering = (_received, place) => ({ status: statuses[Math.min(place, statuses.length - 1)] ?? 204 });
  }

  clear(): void {
    this.received.length = 0;
    this.answering = () => ({ status: 204 });
    this.delayMs = 0;
    this.mostAtOnce = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
