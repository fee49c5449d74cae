import type { HashAlgorithm, PsiCredential } from '../cloudlink/cloudlink-types';
import type { ConnectorCipher } from '../platform/crypto/connector-cipher';

/** A row of sip_credentials as it is written: no HA1 in the clear. */
export interface SealedCredential extends Omit<PsiCredential, 'ha1'> {
  userId: string;
  md5: Buffer | null;
  sha256: Buffer | null;
}

const COLUMN = { MD5: 'sip_credentials.md5_ha1', 'SHA-256': 'sip_credentials.sha256_ha1' } as const;

export function sealCredential(cipher: ConnectorCipher, userId: string, credential: PsiCredential): SealedCredential {
  const { userName, authUserName, realm, targets } = credential;
  const sealed = (algorithm: HashAlgorithm): Buffer | null => {
    const hash = credential.ha1.find((entry) => entry.algorithm === algorithm);
    return hash === undefined ? null : cipher.seal(hash.ha1, { column: COLUMN[algorithm], row: userId });
  };
  return { userId, userName, authUserName, realm, targets, md5: sealed('MD5'), sha256: sealed('SHA-256') };
}
