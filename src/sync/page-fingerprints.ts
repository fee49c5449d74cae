import type { PsiPage, PsiUser } from '../cloudlink/cloudlink-types';
import type { ConnectorCipher } from '../platform/crypto/connector-cipher';
import { normaliseEmail } from '../platform/text/normalise-email';
import { describeUser } from './describe-user';
import { inSteps } from './in-steps';
import type { ListedZoomUser } from './plan-types';

/** The fingerprints of a page's users, made once however often the page is planned. */
export class PageFingerprints {
  private readonly known = new Map<PsiUser, { zoom: ListedZoomUser; email: string; fingerprint: string }>();

  constructor(private readonly cipher: ConnectorCipher) {}

  /** Makes them before they are asked for, with pauses: all at once they would hold up this thread for 10 ms. */
  async make(page: PsiPage, zoomUsers: ReadonlyMap<string, ListedZoomUser>): Promise<void> {
    await inSteps(page.users, (user) => {
      const email = normaliseEmail(user.email);
      const zoom = zoomUsers.get(email);
      if (zoom !== undefined) this.of(user, zoom, email);
    });
  }

  of(user: PsiUser, zoom: ListedZoomUser, email: string): string {
    const known = this.known.get(user);
    if (known !== undefined && known.email === email && isSame(known.zoom, zoom)) return known.fingerprint;
    const fingerprint = this.cipher.fingerprintText(describeUser(user, zoom, email));
    this.known.set(user, { zoom, email, fingerprint });
    return fingerprint;
  }
}

const isSame = (one: ListedZoomUser, other: ListedZoomUser): boolean =>
  one === other || (one.id === other.id && one.status === other.status && one.displayName === other.displayName);
