import type { ServiceClientsClient } from '../cloudlink/service-clients.client';
import type { SubscriptionsClient } from '../cloudlink/subscriptions.client';
import { cloudlinkWebhookUrl, CLOUDLINK_WEBHOOK_SECRET } from '../cloudlink/webhooks/cloudlink-webhook-url';
import type { Grant } from '../oauth/grant';
import type { GrantVault } from '../oauth/grant-vault';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Logger } from '../platform/logging/logger';
import type { AsGrant } from '../platform/remote/as-grant';
import { reasonOf } from '../platform/errors/reason-of';

const TIMEOUT_MS = 20_000;

/**
 * Takes away what we have made in the customer's CloudLink account: the subscription and the service client. CloudLink
 * has no revocation, and nothing of ours depends on it, so what cannot be taken away is only named in the log.
 */
export class CloudLinkTidying {
  constructor(
    private readonly vault: GrantVault,
    private readonly subscriptions: SubscriptionsClient,
    private readonly clients: ServiceClientsClient,
    private readonly ciphers: ConnectorCiphers,
    private readonly publicUrl: string,
    private readonly logger: Logger,
  ) {}

  /** Never throws. @param live the connector's grants that still have tokens */
  async tidy(connectorId: string, live: readonly Grant[]): Promise<void> {
    const mine = live.filter(({ provider }) => provider === 'cloudlink');
    const [first] = mine;
    if (first === undefined) return;
    const asGrant: AsGrant = {
      accountId: first.accountId,
      accessToken: () => this.vault.accessToken(connectorId, first.grantId),
    };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      await this.unsubscribe(connectorId, asGrant, signal);
      // The one that signs these requests last.
      for (const { kind, accountId, subjectId } of [...mine].reverse())
        if (kind === 'service_client') await this.clients.delete(asGrant, accountId, subjectId, signal);
    } catch (error) {
      const reason = reasonOf(error);
      this.logger.warn({ connectorId, reason }, 'a subscription or service client remains at CloudLink');
    }
  }

  private async unsubscribe(connectorId: string, asGrant: AsGrant, signal: AbortSignal): Promise<void> {
    const cipher = await this.ciphers.for(connectorId);
    const deviceId = cloudlinkWebhookUrl(this.publicUrl, connectorId, cipher.derive(CLOUDLINK_WEBHOOK_SECRET));
    for (const one of await this.subscriptions.list(asGrant, signal))
      if (one.deviceId === deviceId) await this.subscriptions.delete(asGrant, one.subscriptionId, signal);
  }
}
