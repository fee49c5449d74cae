import { hash } from 'node:crypto';
import type { AccountNumber } from '../accounts';
import { DEFAULT_SEED } from '../credentials';
import { lineOf } from './line';

export type Algorithm = 'MD5' | 'SHA-256';

export interface SandboxCredential {
  userName: string;
  authUserName: string;
  realm: string;
  /** In clear, for tests that search logs and database dumps for it. */
  password: string;
  ha1: Record<Algorithm, string>;
  /** Which of the two hashes CloudLink hands over. */
  offered: readonly Algorithm[];
}

export interface CredentialSource {
  seed?: string | undefined;
  account?: AccountNumber | undefined;
  /** How often the credential was changed (mutation `change-credential`). */
  generation?: number | undefined;
}

const BOTH: readonly Algorithm[] = ['MD5', 'SHA-256'];
const MD5_ONLY: readonly Algorithm[] = ['MD5'];
const SHA256_ONLY: readonly Algorithm[] = ['SHA-256'];

function offeredTo(position: number): readonly Algorithm[] {
  if (position % 20 === 19) return SHA256_ONLY;
  return position % 3 === 0 ? BOTH : MD5_ONLY;
}

/**
 * The SIP credential of one user. HA1 is the real digest of user:realm:password (RFC 7616 section 3.4.2, RFC 8760), so
 * a registrar that knows the password can be tried against it. Three one-shot hashes, about 4 µs.
 */
export function credentialFor(position: number, source: CredentialSource = {}): SandboxCredential {
  const { seed = DEFAULT_SEED, account = 1, generation = 0 } = source;
  const { userName, authUserName, realm } = lineOf(account, position);
  const password = `pw-${hash('sha256', `${seed}|sip|${account}|${position}|${generation}`, 'base64url').slice(0, 24)}`;
  const secret = `${authUserName}:${realm}:${password}`;
  return {
    userName,
    authUserName,
    realm,
    password,
    ha1: { MD5: hash('md5', secret), 'SHA-256': hash('sha256', secret) },
    offered: offeredTo(position),
  };
}

/** HA1 in lower-case hex. */
export function ha1For(position: number, algorithm: Algorithm = 'MD5', source: CredentialSource = {}): string {
  return credentialFor(position, source).ha1[algorithm];
}

/** CloudLink's own SIP domain has a password too, which its admin answers carry in clear. */
export function cloudlinkSipPassword(position: number, source: CredentialSource = {}): string {
  const { seed = DEFAULT_SEED, account = 1 } = source;
  return `cl-${hash('sha256', `${seed}|cloudlink-sip|${account}|${position}`, 'base64url').slice(0, 24)}`;
}
