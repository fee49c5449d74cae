import type { Config } from './platform/config/config';
import { loadOrMakeKeyFile } from './platform/config/key-file';
import {
  isSandboxMode,
  readEnvironment,
  type Environment,
  type SandboxDefaults,
} from './platform/config/read-environment';

/**
 * Environment → validated configuration. In sandbox mode the sandbox says where it will listen, and the encryption key
 * is made and kept in DATA_DIR. With real credentials no sandbox code is loaded.
 * @throws ConfigError
 */
export async function loadConfig(env: Environment): Promise<Config> {
  if (!isSandboxMode(env)) return readEnvironment(env, undefined);
  const config = readEnvironment(env, await sandboxDefaults());
  return config.encryptionKeys.length > 0
    ? config
    : Object.freeze({ ...config, encryptionKeys: loadOrMakeKeyFile(config.dataDir) });
}

async function sandboxDefaults(): Promise<SandboxDefaults> {
  const { SANDBOX_CREDENTIALS, sandboxUrls } = await import('../sandbox/server.js');
  return { ...SANDBOX_CREDENTIALS, urls: sandboxUrls };
}
