import type { Socket } from 'node:dgram';
import { parseDatagram } from '../message/message-stream';
import type { WrittenRequest } from '../message/write-request';
import { Inbox } from './inbox';
import type { Exchange, ExchangeLimits, SipWire } from './sip-wire';
import { isFinalAnswer } from './stream-wire';

/** T1 and T2 of RFC 3261 section 17.1.2.2: a request is sent again after 0.5, 1, 2, 4, 4 … seconds. */
const T1_MS = 500;
const T2_MS = 4_000;

/** SIP over a UDP socket that is connected to the other side already, so that only its datagrams come in. */
export class DatagramWire implements SipWire {
  readonly transport = 'udp';
  readonly localAddress: string;
  readonly localPort: number;
  private readonly inbox = new Inbox();
  private resend: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly socket: Socket) {
    const { address, port } = socket.address();
    this.localAddress = address;
    this.localPort = port;
    socket.on('message', (datagram) => this.read(datagram));
    // The ICMP answer of a closed port.
    socket.on('error', (error: NodeJS.ErrnoException) => this.inbox.end({ kind: 'closed', code: error.code ?? null }));
  }

  async exchange(request: WrittenRequest, limits: ExchangeLimits): Promise<Exchange> {
    const answered = this.inbox.wait((message) => isFinalAnswer(request, message), limits);
    if (!this.isClosed) this.send(request, T1_MS);
    try {
      return await answered;
    } finally {
      clearTimeout(this.resend);
    }
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    // Ends the exchange and with it the repetitions: a closed socket throws at whoever sends.
    this.inbox.end({ kind: 'closed', code: null });
    this.socket.removeAllListeners('message');
    this.socket.close();
  }

  private send(request: WrittenRequest, pauseMs: number): void {
    this.socket.send(request.text, () => undefined);
    this.resend = setTimeout(() => this.send(request, Math.min(2 * pauseMs, T2_MS)), pauseMs);
  }

  /** Anybody's rubbish is no answer: unlike on a stream, the next datagram may well be one. */
  private read(datagram: Buffer): void {
    try {
      const message = parseDatagram(datagram);
      if (message !== undefined) this.inbox.put(message);
    } catch {
      return;
    }
  }
}
