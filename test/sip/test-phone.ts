import { randomBytes } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';
import { digestHash } from '../../src/sip/digest/digest-algorithm';
import { MessageStream } from '../../src/sip/message/message-stream';
import type { SipMessage, SipRequest, SipResponse } from '../../src/sip/message/sip-message';

export interface PhoneAccount {
  userName: string;
  authUserName: string;
  realm: string;
  ha1: string;
}

/** A telephone for tests: registers with its hash, calls, and answers calls. One connection over TLS at a time. */
export class TestPhone {
  private socket: TLSSocket | undefined;
  private readonly received: SipMessage[] = [];
  private bell: () => void = () => undefined;

  constructor(
    private readonly place: { host: string; port: number; ca: string },
    private readonly account: PhoneAccount,
  ) {}

  async wake(): Promise<void> {
    const { host, port, ca } = this.place;
    const socket = connect({ host, port, ca });
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    socket.on('error', () => undefined);
    const stream = new MessageStream();
    socket.on('data', (chunk: Buffer) => {
      this.received.push(...stream.push(chunk));
      this.bell();
    });
    this.socket = socket;
  }

  sleep(): void {
    this.socket?.destroy();
    this.socket = undefined;
    this.received.length = 0;
  }

  /** `parameters` of the Contact, such as `;pn-provider=apns`. @returns the last code */
  async register(parameters: string): Promise<number> {
    const { userName, authUserName, realm, ha1 } = this.account;
    const uri = `sip:${realm}`;
    const contact = `<sip:${userName}@${this.socket?.localAddress}:${this.socket?.localPort};transport=tls${parameters}>`;
    const ask = (sequence: number, authorization: string[]): Promise<SipResponse> =>
      this.request('REGISTER', uri, sequence, [`Contact: ${contact}`, 'Expires: 600', ...authorization]);
    const asked = await ask(1, []);
    if (asked.code !== 401) return asked.code;
    const nonce = /nonce="([^"]+)"/.exec(asked.headers.first('www-authenticate') ?? '')?.[1] ?? '';
    const clientNonce = randomBytes(8).toString('hex');
    const ha2 = digestHash('MD5', `REGISTER:${uri}`);
    const response = digestHash('MD5', `${ha1}:${nonce}:00000001:${clientNonce}:auth:${ha2}`);
    const answer = await ask(2, [
      `Authorization: Digest username="${authUserName}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
        `response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${clientNonce}"`,
    ]);
    return answer.code;
  }

  /** @returns the final code of the call */
  async call(userName: string): Promise<number> {
    const { code } = await this.request('INVITE', `sip:${userName}@${this.account.realm}`, 1, [
      `Contact: <sip:${this.account.userName}@${this.socket?.localAddress}:${this.socket?.localPort};transport=tls>`,
    ]);
    return code;
  }

  /** Waits for a call and takes it. @returns who calls */
  async takeCall(): Promise<string> {
    const invite = await this.next(
      (message): message is SipRequest => message.kind === 'request' && message.method === 'INVITE',
    );
    const echoed = ['Via', 'From', 'Call-ID', 'CSeq', 'Record-Route'].flatMap((name) =>
      invite.headers.all(name.toLowerCase()).map((value) => `${name}: ${value}`),
    );
    const to = `To: ${invite.headers.first('to')};tag=${randomBytes(4).toString('hex')}`;
    for (const status of ['180 Ringing', '200 OK'])
      this.send([`SIP/2.0 ${status}`, ...echoed, to, `Contact: <sip:${this.account.userName}@127.0.0.1>`]);
    return invite.headers.first('from') ?? '';
  }

  private async request(method: string, uri: string, sequence: number, headers: string[]): Promise<SipResponse> {
    const { userName, realm } = this.account;
    const branch = `z9hG4bK${randomBytes(8).toString('hex')}`;
    const own = `sip:${userName}@${realm}`;
    this.send([
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/TLS ${this.socket?.localAddress}:${this.socket?.localPort};branch=${branch}`,
      `From: <${own}>;tag=${randomBytes(4).toString('hex')}`,
      `To: <${method === 'REGISTER' ? own : uri}>`,
      `Call-ID: ${randomBytes(8).toString('hex')}`,
      `CSeq: ${sequence} ${method}`,
      'Max-Forwards: 70',
      ...headers,
    ]);
    return this.next(
      (message): message is SipResponse =>
        message.kind === 'response' && message.code >= 200 && (message.headers.first('via') ?? '').includes(branch),
    );
  }

  private send(lines: string[]): void {
    this.socket?.write([...lines, 'Content-Length: 0', '', ''].join('\r\n'));
  }

  private async next<T extends SipMessage>(isWanted: (message: SipMessage) => message is T): Promise<T> {
    const end = Date.now() + 20_000;
    for (;;) {
      const index = this.received.findIndex(isWanted);
      if (index >= 0) return this.received.splice(index, 1)[0] as T;
      if (Date.now() > end)
        throw new Error(
          `waited in vain; received ${JSON.stringify(this.received.map((one) => ('code' in one ? one.code : one.method)))}`,
        );
      await new Promise<void>((resolve) => {
        this.bell = resolve;
        setTimeout(resolve, 500);
      });
    }
  }
}
