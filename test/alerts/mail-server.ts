import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { readMail, type ReadMail } from './read-mail';

export const SMTP_PASSWORD = 'smtp-pass-word-7391';

/** A real SMTP server that wants a login, and says what it is told to say to a recipient. */
export class MailServer {
  readonly mails: (ReadMail & { to: string })[] = [];
  /** By recipient: the status of each next try; none left: accepted. */
  readonly refusals = new Map<string, number[]>();
  readonly asked: string[] = [];
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'alerts' && password === SMTP_PASSWORD) done(null, { user: username });
        else done(new Error('wrong'));
      },
      onRcptTo: ({ address }, _session, done) => {
        this.asked.push(address);
        const status = this.refusals.get(address)?.shift();
        if (status === undefined) done();
        else done(Object.assign(new Error(`secret-of-the-server ${address}`), { responseCode: status }));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const mail = readMail(Buffer.concat(chunks).toString('latin1'));
          for (const { address } of session.envelope.rcptTo) this.mails.push({ ...mail, to: address });
          done();
        });
      },
    });
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer();
    await new Promise<void>((resolve) => void server.server.listen(0, '127.0.0.1', () => resolve()));
    return server;
  }

  get url(): string {
    const { port } = this.server.server.address() as AddressInfo;
    return `smtp://alerts:${SMTP_PASSWORD}@127.0.0.1:${port}`;
  }

  to(address: string): (ReadMail & { to: string })[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
