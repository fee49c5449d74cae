/**
 * How often an admin may have a connector synced, in seconds. A sync more often than every five minutes costs the account
 * more of its rate limit than webhooks leave to find; one more seldom than daily lets a lost webhook go unnoticed.
 */
export const SYNC_INTERVAL_SECONDS = { min: 300, max: 86_400 } as const;
