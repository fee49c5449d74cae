import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  raw: Buffer;
  body: Record<string, unknown>;
}

/** Somebody's webhook receiver over real HTTP. `answers` is what it says next: a status, a place to go to, or nothing at all. */
export class Receiver {
  readonly received: Received[] = [];
  readonly answers: (number | 'hang' | { redirect: string } | 'endless')[] = [];
  /** Endless answers that go on. */
  endless = 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks);
        const body = JSON.parse(raw.toString('utf8')) as Record<string, unknown>;
        this.received.push({ path: request.url ?? '', headers: request.headers, raw, body });
        const answer = this.answers.shift() ?? 204;
        if (answer === 'hang') return;
        if (answer === 'endless') {
          response.writeHead(200);
          const timer = setInterval(() => response.write('x'.repeat(65_536)), 1);
          this.endless += 1;
          response.on('close', () => {
            this.endless -= 1;
            clearInterval(timer);
          });
          return;
        }
        if (typeof answer === 'object') response.writeHead(307, { location: answer.redirect });
        else response.writeHead(answer);
        response.end('a word that nobody reads');
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  at(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** As somebody who has only Zoom's documentation would check it. */
export function isSigned({ headers, raw }: Received, secret: string): boolean {
  const message = Buffer.concat([Buffer.from(`v0:${String(headers['x-zcc-request-timestamp'])}:`), raw]);
  return headers['x-zcc-signature'] === `v0=${createHmac('sha256', secret).update(message).digest('hex')}`;
}
