import type { ServerResponse } from 'node:http';

/** More than this unsent, and the client does not read: it is let go, and comes again with Last-Event-ID. */
const MAX_UNSENT_BYTES = 256 * 1024;

/** The answer to one listener (WHATWG HTML, "Server-sent events"). */
export class EventStream {
  /** Everything up to here was written to this listener. */
  position: number;
  private isOver = false;

  constructor(
    private readonly response: ServerResponse,
    position: number,
    private readonly onEnd: () => void,
  ) {
    this.position = position;
    response.on('close', () => this.finish());
    response.on('error', () => this.finish());
  }

  get isOpen(): boolean {
    return !this.isOver;
  }

  /** `chunk`: events that lead to `position`. */
  send(chunk: string, position: number): void {
    if (this.isOver) return;
    this.position = position;
    this.response.write(chunk);
    if (this.response.writableLength > MAX_UNSENT_BYTES) {
      this.response.destroy();
      this.finish();
    }
  }

  /** A line that means nothing: proxies keep the connection, and a client that has gone is noticed. */
  beat(): void {
    this.send(':\n\n', this.position);
  }

  end(): void {
    if (!this.isOver) this.response.end();
    this.finish();
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.onEnd();
  }
}

/** One event. JSON has no line breaks, so one data line holds it. */
export const formatEvent = (name: string, id: number, data: unknown): string =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
