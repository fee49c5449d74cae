import type { CloudLinkAdmin, PsiPage } from './cloudlink-types';
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
}
