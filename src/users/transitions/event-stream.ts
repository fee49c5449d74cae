import type { ServerResponse } from 'node:http';
import type { Language } from '../../platform/config/config';

/** More than this unsent: the listener is left to read, and is told the rest when it has. */
const ENOUGH_BYTES = 64 * 1024;
/** A listener that has read nothing for so many beats (15 s each) is let go; it may come back with Last-Event-ID. */
const DEAF_BEATS = 2;

/** The answer to one listener (WHATWG HTML, "Server-sent events"). */
export class EventStream {
  /** Everything up to here was written to this listener. */
  position: number;
  /** Reads by itself until it is where the others are. */
  isBehind = false;
  private isOver = false;
  private fullBeats = 0;

  constructor(
    private readonly response: ServerResponse,
    position: number,
    readonly language: Language,
    private readonly onEnd: () => void,
  ) {
    this.position = position;
    response.on('close', () => this.finish());
    response.on('error', () => this.finish());
  }

  get isOpen(): boolean {
    return !this.isOver;
  }

  get hasRoom(): boolean {
    return this.response.writableLength < ENOUGH_BYTES;
  }

  /** Resolves when there is room, or the listener has gone. */
  async room(): Promise<void> {
    while (!this.isOver && !this.hasRoom) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.response.off('drain', done);
          this.response.off('close', done);
          resolve();
        };
        this.response.once('drain', done);
        this.response.once('close', done);
      });
    }
  }

  /** `chunk`: events that lead to `position`. */
  send(chunk: string, position: number): void {
    if (this.isOver) return;
    this.position = Math.max(this.position, position);
    if (chunk !== '') this.response.write(chunk);
  }

  /** A line that means nothing: proxies keep the connection, and a client that has gone is noticed. */
  beat(): void {
    if (this.hasRoom) {
      this.fullBeats = 0;
      this.send(':\n\n', this.position);
      return;
    }
    this.fullBeats += 1;
    if (this.fullBeats < DEAF_BEATS) return;
    this.response.destroy();
    this.finish();
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
