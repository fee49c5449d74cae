import type { AlertConfig } from '../platform/config/config';
import { normaliseEmail } from '../platform/text/normalise-email';
import type { SetBy } from './alert-jobs';

/** One place that an alert goes to. */
export interface Destination {
  channel: 'webhook' | 'email';
  /** Address, webhook id, or `operator` for the webhook of the environment. */
  destination: string;
  setBy: SetBy;
}

/** Everybody who is to hear of a connector, each place once. Without SMTP_URL nobody by mail. */
export function planDestinations(
  config: Pick<AlertConfig, 'smtpUrl' | 'emails' | 'webhook'>,
  connector: { webhookIds: readonly string[]; emails: readonly string[] },
): Destination[] {
  const webhooks: Destination[] = [
    ...(config.webhook === undefined
      ? []
      : [{ channel: 'webhook', destination: 'operator', setBy: 'operator' } as const]),
    ...connector.webhookIds.map((id) => ({ channel: 'webhook', destination: id, setBy: 'connector' }) as const),
  ];
  if (config.smtpUrl === undefined) return webhooks;
  const byAddress = new Map<string, Destination>();
  const addresses: [SetBy, readonly string[]][] = [
    ['operator', config.emails],
    ['connector', connector.emails],
  ];
  for (const [setBy, emails] of addresses) {
    for (const email of emails) {
      const key = normaliseEmail(email);
      if (!byAddress.has(key)) byAddress.set(key, { channel: 'email', destination: email, setBy });
    }
  }
  return [...webhooks, ...byAddress.values()];
}
