import type { ZoomPlan } from '../limits/rate-budget';
import type { AddressRange } from '../network/address-range';

/** Where one provider is reached and as whom. All URLs are without a trailing slash and may carry a path prefix. */
export interface ZoomConfig {
  clientId: string;
  clientSecret: string;
  webhookSecrets: string[];
  oauthUrl: string;
  apiUrl: string;
  /** Decides the rate limits: accounts of several plans go by the smallest. */
  plan: ZoomPlan;
}

export interface CloudLinkConfig {
  clientId: string;
  clientSecret: string | undefined;
  portalUrl: string;
  authUrl: string;
  adminUrl: string;
  mediaUrl: string;
  notificationsUrl: string;
}

export type Language = 'en' | 'de';

/** Where the operator wants to hear of every connector, and how mail leaves. */
export interface AlertConfig {
  /** undefined: no mail is sent. May hold a password. */
  smtpUrl: string | undefined;
  from: string;
  emails: string[];
  webhook: { url: string; secret: string } | undefined;
}

export interface ProbeConfig {
  /** Seconds between two looks at a target. */
  intervalSeconds: number;
  /** `public`: only addresses of the internet. `private`: this machine's networks too, where a PBX usually is. */
  reach: 'public' | 'private';
}

export interface SandboxConfig {
  port: number;
  users: number;
}

/** A 256-bit key of ENCRYPTION_KEYS with the id that ciphertexts name it by. */
export interface EncryptionKey {
  id: string;
  key: Buffer;
}

/** What this process does: answer requests, work on what is due, or both. Any number of each share one database. */
export const ROLES = ['all', 'api', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/** Everything that the environment decides, read once, validated and frozen. */
export interface Config {
  role: Role;
  port: number;
  publicUrl: string;
  /** Whose word in X-Forwarded-For we take. Empty: nobody's, the caller is who connects. */
  trustedProxies: AddressRange[];
  dataDir: string;
  /** undefined: the program starts its own PostgreSQL in dataDir. */
  databaseUrl: string | undefined;
  /** The first encrypts, all decrypt. Empty in sandbox mode until key-file.ts has made one. */
  encryptionKeys: EncryptionKey[];
  zoom: ZoomConfig;
  cloudlink: CloudLinkConfig;
  /** Seconds between two runs of one connector. */
  syncIntervalSeconds: number;
  /** So long must a user be missing before a sync removes them; 0: until the second complete run that misses them. */
  removeMissingAfterSeconds: number;
  /** Seconds between two runs that read both sides whole; the runs between them read what has changed. */
  fullSyncIntervalSeconds: number;
  /** Seconds between Zoom's word that the app was removed and the destruction of what we hold. */
  gracePeriodSeconds: number;
  /** Our part of what an account may do at its provider, above 0 to 1. */
  rateShare: number;
  /** Requests per second of one API client that one process answers; 0: as many as come. */
  clientRateLimit: number;
  /** How we look at the places that users register with. */
  probes: ProbeConfig;
  alerts: AlertConfig;
  /** Of what is sent about a connector that has no language of its own. */
  defaultLanguage: Language;
  /** undefined: /metrics answers callers on this machine only. */
  metricsToken: string | undefined;
  /** undefined: real providers. */
  sandbox: SandboxConfig | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}
