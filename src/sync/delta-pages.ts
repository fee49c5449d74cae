import { CloudLinkApi, PsiFilterRefused } from '../cloudlink/cloudlink-api';
import type { CloudLinkAdmin, PsiPage } from '../cloudlink/cloudlink-types';
import type { AsGrant } from '../platform/remote/as-grant';
import { DeltaNotPossible, obstacle } from './delta-not-possible';
import type { DeltaZoomUsers } from './delta-zoom-users';
import type { RunContext } from './run-context';

/**
 * CloudLink's changed users in the place of all users, so that the phase that works on pages need not know which they
 * are. Before a page is handed on, what Zoom says about its users is staged.
 */
export class DeltaPages extends CloudLinkApi {
  /** By this attempt: one that goes on after an interruption begins to count anew. */
  private asked = 0;

  constructor(
    private readonly cloudlink: CloudLinkApi,
    private readonly zoomUsers: DeltaZoomUsers,
    private readonly context: RunContext,
    private readonly since: Date,
  ) {
    super();
  }

  /** @throws DeltaNotPossible */
  override async listPsiUsers(
    grant: AsGrant,
    accountId: string,
    position: string | undefined,
    signal: AbortSignal,
  ): Promise<PsiPage> {
    const page = await this.listChangedPsiUsers(grant, accountId, this.since, position, signal);
    this.asked = await this.zoomUsers.stage(this.context, page, this.asked);
    return page;
  }

  override async listChangedPsiUsers(
    grant: AsGrant,
    accountId: string,
    since: Date,
    position: string | undefined,
    signal: AbortSignal,
  ): Promise<PsiPage> {
    try {
      return await this.cloudlink.listChangedPsiUsers(grant, accountId, since, position, signal);
    } catch (error) {
      if (!(error instanceof PsiFilterRefused)) throw error;
      // The filter was taken before: a link that has grown too old while a run was interrupted is no refusal of it.
      if (error.reason === 'refused' && position !== undefined) throw obstacle('later_page_refused', error.detail);
      throw new DeltaNotPossible(error.reason, error.reason, error.detail);
    }
  }

  override whoAmI(grant: AsGrant, signal: AbortSignal): Promise<CloudLinkAdmin> {
    return this.cloudlink.whoAmI(grant, signal);
  }
}
