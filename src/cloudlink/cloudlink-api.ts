import type { CloudLinkAdmin, PsiPage } from './cloudlink-types';
import type { FilterRefusal } from './psi-credentials';
import type { AsGrant } from '../platform/remote/as-grant';

export abstract class CloudLinkApi {
  /** GET /token: who owns this token. */
  abstract whoAmI(grant: AsGrant, signal: AbortSignal): Promise<CloudLinkAdmin>;

  /** One page of the PSI resource; `position` is PsiPage.next of the page before, undefined for the first. */
  abstract listPsiUsers(
    grant: AsGrant,
    accountId: string,
    position: string | undefined,
    signal: AbortSignal,
  ): Promise<PsiPage>;

  /**
   * As listPsiUsers, but only those whom CloudLink has changed after `since`, which must be the same for all pages.
   * @throws PsiFilterRefused when CloudLink does not answer that question
   */
  abstract listChangedPsiUsers(
    grant: AsGrant,
    accountId: string,
    since: Date,
    position: string | undefined,
    signal: AbortSignal,
  ): Promise<PsiPage>;
}

/** CloudLink cannot be asked for what has changed; the whole list may be there all the same. */
export class PsiFilterRefused extends Error {
  constructor(
    readonly reason: FilterRefusal,
    /** For the log. */
    readonly detail: string,
  ) {
    super(`CloudLink does not list changed users only: ${reason}`);
    this.name = 'PsiFilterRefused';
  }
}
