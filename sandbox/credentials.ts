/**
 * Fixed, so that the connector can be configured before the sandbox runs. They open nothing but the sandbox on
 * 127.0.0.1 and are no secrets.
 */
export const SANDBOX_CREDENTIALS = {
  zoomClientId: 'sandboxZoomClientId001',
  zoomClientSecret: 'sandbox-zoom-client-secret-0001x',
  /** The app's "Secret Token", which signs webhooks. */
  zoomWebhookSecret: 'sandbox-zoom-webhook-secret-1',
  cloudlinkClientId: '5a9db0c1-0000-4000-8000-00000000c11e',
} as const;

export const DEFAULT_SEED = 'sandbox';
