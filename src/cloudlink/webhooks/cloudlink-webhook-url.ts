/** What ConnectorCipher.derive is asked for. */
export const CLOUDLINK_WEBHOOK_SECRET = 'cloudlink-webhook';

/** Where CloudLink sends a connector's notifications: the secret in it is ours, and per connector. Do not log it. */
export const cloudlinkWebhookUrl = (publicUrl: string, connectorId: string, secret: string): string =>
  `${publicUrl}/webhooks/cloudlink/${connectorId}/${secret}`;
