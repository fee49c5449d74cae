import type { Clock } from '../../platform/clock/clock';
import type { AlertConfig } from '../../platform/config/config';
import type { ConnectorCiphers } from '../../platform/crypto/connector-cipher';
import { DecryptionError } from '../../platform/crypto/envelope';
import type { Database } from '../../platform/database/database';
import { RefusedAddressError } from './guarded-lookup';
import { errorCode, interrupted, type Channel, type Message, type Outcome } from './pending-delivery';
import { postJson } from './post-json';
import type { Reach } from './refused-address';
import { signWebhook } from './sign-webhook';
import { webhookBody } from './webhook-body';

const TIMEOUT_MS = 5_000;

interface Receiver {
  url: string;
  secret: string;
  reach: Reach;
}

/** Alerts as signed JSON to an address of the operator or of the connector. */
export class WebhookChannel implements Channel {
  constructor(
    private readonly database: Database,
    private readonly ciphers: ConnectorCiphers,
    private readonly clock: Clock,
    private readonly options: { operator: AlertConfig['webhook']; connectorReach: Reach },
  ) {}

  async send(message: Message, signal: AbortSignal): Promise<Outcome> {
    let receiver: Receiver | undefined;
    try {
      receiver = message.setBy === 'operator' ? this.operators() : await this.connectors(message);
    } catch (error) {
      // The connector's keys are destroyed: its secret is gone for good.
      if (error instanceof DecryptionError) return { kind: 'refused', error: 'secret_lost' };
      throw error;
    }
    return receiver === undefined ? { kind: 'unwanted' } : this.post(receiver, message, signal);
  }

  private async post({ url, secret, reach }: Receiver, message: Message, signal: AbortSignal): Promise<Outcome> {
    const body = Buffer.from(JSON.stringify(webhookBody(message)), 'utf8');
    const timestamp = Math.floor(this.clock.now().getTime() / 1000);
    const headers = {
      'x-zcc-signature': signWebhook(secret, timestamp, body),
      'x-zcc-request-timestamp': String(timestamp),
      // The same at every try, so that a receiver knows what it has had already.
      'x-zcc-request-id': message.deliveryId,
    };
    try {
      const status = await postJson({ url, headers, body, reach, timeoutMs: TIMEOUT_MS, signal });
      return status >= 200 && status < 300 ? { kind: 'delivered' } : { kind: 'failed', error: `HTTP ${status}` };
    } catch (error) {
      if (signal.aborted) throw interrupted();
      return { kind: error instanceof RefusedAddressError ? 'refused' : 'failed', error: errorCode(error) };
    }
  }

  private operators(): Receiver | undefined {
    const { operator } = this.options;
    return operator === undefined ? undefined : { ...operator, reach: 'private' };
  }

  private async connectors({ connectorId, destination }: Message): Promise<Receiver | undefined> {
    const { rows } = await this.database.query<{ url: string; secret: Buffer }>(
      'select url, secret from alert_webhooks where connector_id = $1 and webhook_id = $2',
      [connectorId, destination],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const cipher = await this.ciphers.for(connectorId);
    const secret = cipher.open(row.secret, { column: 'alert_webhooks.secret', row: destination });
    return { url: row.url, secret, reach: this.options.connectorReach };
  }
}
