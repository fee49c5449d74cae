import { CloudLinkApi } from '../src/cloudlink/cloudlink-api';
import type { CloudLinkAdmin, PsiPage } from '../src/cloudlink/cloudlink-types';
import type { AsGrant } from '../src/platform/remote/as-grant';

/** CloudLink's pages as they were read once: the apply without the network. */
export class RememberedPages extends CloudLinkApi {
  private constructor(private readonly pages: ReadonlyMap<string, PsiPage>) {
    super();
  }

  static async read(
    from: CloudLinkApi,
    grant: AsGrant,
    accountId: string,
    signal: AbortSignal,
  ): Promise<RememberedPages> {
    const pages = new Map<string, PsiPage>();
    let position: string | undefined;
    do {
      const page: PsiPage = await from.listPsiUsers(grant, accountId, position, signal);
      pages.set(position ?? '', page);
      position = page.next;
    } while (position !== undefined);
    return new RememberedPages(pages);
  }

  override async listPsiUsers(_grant: AsGrant, _accountId: string, position: string | undefined): Promise<PsiPage> {
    const page = this.pages.get(position ?? '');
    if (page === undefined) throw new Error(`no page was read at ${position}`);
    return page;
  }

  override listChangedPsiUsers(): Promise<PsiPage> {
    throw new Error('not part of a full run');
  }

  override whoAmI(): Promise<CloudLinkAdmin> {
    throw new Error('not part of a sync');
  }
}
