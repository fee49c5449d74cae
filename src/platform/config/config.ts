/** Where one provider is reached and as whom. All URLs are without a trailing slash and may carry a path prefix. */
export interface ZoomConfig {
  clientId: string;
  clientSecret: string;
  webhookSecrets: string[];
  oauthUrl: string;
  apiUrl: string;
}

export interface CloudLinkConfig {
  clientId: string;
  clientSecret: string | undefined;
  portalUrl: string;
  authUrl: string;
  adminUrl: string;
  mediaUrl: string;
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

/** Everything that the environment decides, read once, validated and frozen. */
export interface Config {
  port: number;
  publicUrl: string;
  dataDir: string;
  /** undefined: the program starts its own PostgreSQL in dataDir. */
  databaseUrl: string | undefined;
  /** The first encrypts, all decrypt. Empty in sandbox mode until key-file.ts has made one. */
  encryptionKeys: EncryptionKey[];
  zoom: ZoomConfig;
  cloudlink: CloudLinkConfig;
  /** Seconds between two runs of one connector. */
  syncIntervalSeconds: number;
  /** undefined: real providers. */
  sandbox: SandboxConfig | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}
