import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EncryptionKey } from './config';
import { parseEncryptionKeys } from './parse-values';
import { ConfigError } from './read-environment';

/**
 * Sandbox mode only: makes an encryption key at the first start and keeps it in the data folder.
 * Real deployments must bring ENCRYPTION_KEYS, because a key that lies beside the data protects nothing.
 */
export function loadOrMakeKeyFile(dataDir: string): EncryptionKey[] {
  const file = join(dataDir, 'encryption-keys');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // wx: of two processes starting at once only one makes the key, the other reads it.
    writeFileSync(file, `sandbox:${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code = 'unknown', syscall } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' || syscall === 'mkdir') throw unusable(code);
  }
  const parsed = parseEncryptionKeys(read(file));
  if ('rule' in parsed) {
    throw new ConfigError([{ variable: 'ENCRYPTION_KEYS', rule: `the file ${file} is damaged: ${parsed.rule}` }]);
  }
  return parsed.value;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw unusable((error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

const unusable = (code: string): ConfigError =>
  new ConfigError([{ variable: 'DATA_DIR', rule: `must be a folder that this user can write to (${code})` }]);
