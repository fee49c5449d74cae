import { randomUUID } from 'node:crypto';
import type { PsiCredential } from '../cloudlink/cloudlink-types';
import type { ConnectorCipher } from '../platform/crypto/connector-cipher';
import { PageFingerprints } from './page-fingerprints';
import { sealCredential, type SealedCredential } from './seal-credential';

/** What is made of a page once, however often it is read and planned: a page that is in doubt is so while others wait. */
export class PageMemory {
  readonly fingerprints: PageFingerprints;
  private readonly ids = new Map<string, string>();
  private readonly sealed = new Map<PsiCredential, SealedCredential>();

  constructor(private readonly cipher: ConnectorCipher) {
    this.fingerprints = new PageFingerprints(cipher);
  }

  /** The same one for the same email. */
  newUserId(email: string): string {
    const id = this.ids.get(email) ?? randomUUID();
    this.ids.set(email, id);
    return id;
  }

  /** What is sealed belongs to one row: of two plans each may give an email to another person, or a person to another row. */
  seal(userId: string, credential: PsiCredential): SealedCredential {
    const known = this.sealed.get(credential);
    if (known?.userId === userId) return known;
    const sealed = sealCredential(this.cipher, userId, credential);
    this.sealed.set(credential, sealed);
    return sealed;
  }
}
