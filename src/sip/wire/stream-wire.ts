import type { Duplex } from 'node:stream';
import { isAnswerTo } from '../message/is-answer-to';
import { MessageStream } from '../message/message-stream';
import { SipStreamError, type SipMessage } from '../message/sip-message';
import type { WrittenRequest } from '../message/write-request';
import { Inbox } from './inbox';
import type { Exchange, ExchangeLimits, SipWire } from './sip-wire';

/** All that one connection may send us: some exchanges of the largest size. More is no conversation. */
const MAX_BYTES = 1024 * 1024;

export interface StreamEnds {
  localAddress: string;
  localPort: number;
}

/** SIP over a connection that somebody else has opened, and has checked: this class neither dials nor verifies. */
export class StreamWire implements SipWire {
  private readonly messages = new MessageStream();
  private readonly inbox = new Inbox();
  private received = 0;
  readonly localAddress: string;
  readonly localPort: number;

  constructor(
    private readonly socket: Duplex,
    readonly transport: 'tcp' | 'tls',
    { localAddress, localPort }: StreamEnds,
  ) {
    this.localAddress = localAddress;
    this.localPort = localPort;
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => this.inbox.end({ kind: 'closed', code: error.code ?? null }));
    // A half-closed connection brings no answer any more; what is between FIN and the end is not worth waiting for.
    for (const event of ['end', 'close']) socket.on(event, () => this.inbox.end({ kind: 'closed', code: null }));
  }

  exchange(request: WrittenRequest, limits: ExchangeLimits): Promise<Exchange> {
    const answered = this.inbox.wait((message) => isFinalAnswer(request, message), limits);
    if (!this.socket.destroyed && this.socket.writable) this.socket.write(request.text);
    return answered;
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.received += chunk.length;
    const found: SipMessage[] = [];
    try {
      if (this.received > MAX_BYTES) throw new SipStreamError('too_large', 'too much for one conversation');
      for (const message of this.messages.push(chunk, found)) this.inbox.put(message);
    } catch (error) {
      // An answer counts, whatever was said after it.
      for (const message of found) this.inbox.put(message);
      this.inbox.end(error instanceof SipStreamError ? { kind: 'not_sip' } : { kind: 'closed', code: null });
      this.socket.destroy();
    }
  }
}

/** Provisional answers (1xx) only say that the final one takes its time. */
export const isFinalAnswer = (request: WrittenRequest, message: SipMessage): boolean =>
  message.kind === 'response' && message.code >= 200 && isAnswerTo(request, message);
