import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsDirectory } from '../../platform/database/migrate';

/** The version in package.json, which lies beside migrations/; `unknown` where it was left out. */
export function ownVersion(): string {
  try {
    const text = readFileSync(join(migrationsDirectory(), '..', 'package.json'), 'utf8');
    const { version } = JSON.parse(text) as { version?: unknown };
    return typeof version === 'string' ? version : 'unknown';
  } catch {
    return 'unknown';
  }
}
