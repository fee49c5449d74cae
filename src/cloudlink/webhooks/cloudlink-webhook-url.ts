/** Purpose of the secret that a connector's address carries (ConnectorCipher.derive). */
export const CLOUDLINK_WEBHOOK_SECRET = 'cloudlink-webhook';

/**
 * Where CloudLink delivers what concerns one connector. Mitel does not document a signature, so the address itself is
 * the secret: it stands in subscriptions and nowhere else.
 */
export const cloudlinkWebhookUrl = (publicUrl: string, connectorId: string, secret: string): string =>
  `${publicUrl}/webhooks/cloudlink/${connectorId}/${secret}`;
