import { createTransport } from 'nodemailer';
import type { AlertConfig, Language } from '../../platform/config/config';
import { mailBody } from './mail-body';
import { errorCode, interrupted, type Channel, type Message, type Outcome } from './pending-delivery';

/** For each: DNS, connection, greeting, silence on the line. */
const TIMEOUT_MS = 10_000;

/** Alerts as mail over the SMTP server of the environment. */
export class EmailChannel implements Channel {
  private readonly transport: ReturnType<typeof openTransport> | undefined;

  constructor(
    private readonly config: AlertConfig,
    private readonly defaultLanguage: Language,
  ) {
    this.transport = config.smtpUrl === undefined ? undefined : openTransport(config.smtpUrl);
  }

  async send(message: Message, signal: AbortSignal): Promise<Outcome> {
    if (!this.isWanted(message)) return { kind: 'unwanted' };
    // Another process of this program has SMTP_URL: this one may get it too.
    if (this.transport === undefined) return { kind: 'failed', error: 'SMTP_URL_MISSING' };
    const { from } = this.config;
    try {
      await this.transport.sendMail({
        from: { name: 'Zoom CloudLink Connector', address: from },
        to: { name: '', address: message.destination },
        // The same at every try, so that a mail server or reader knows what it has had already.
        messageId: `<${message.deliveryId}@${from.slice(from.lastIndexOf('@') + 1)}>`,
        headers: { 'auto-submitted': 'auto-generated' },
        ...mailBody(message, message.connector.language ?? this.defaultLanguage),
        signal,
      });
      return { kind: 'delivered' };
    } catch (error) {
      if (signal.aborted) throw interrupted();
      return readRefusal(error);
    }
  }

  close(): void {
    this.transport?.close();
  }

  private isWanted({ setBy, destination, connector }: Message): boolean {
    return setBy === 'operator' ? this.config.emails.includes(destination) : connector.emails.includes(destination);
  }
}

/** One connection per mail: alerts are rare, and an idle one would be closed by most servers within minutes. */
const openTransport = (url: string) =>
  createTransport({
    url,
    dnsTimeout: TIMEOUT_MS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** RFC 5321 section 4.2.1: 5yz to the recipient or the message is final; to the login or sender it is for the operator to mend. */
function readRefusal(error: unknown): Outcome {
  const { responseCode, command } = (error ?? {}) as { responseCode?: unknown; command?: unknown };
  if (typeof responseCode !== 'number') return { kind: 'failed', error: errorCode(error) };
  const isFinal = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { kind: isFinal ? 'refused' : 'failed', error: `SMTP ${responseCode}` };
}
