import { AppError } from '../platform/errors/app-error';
import type { AsGrant } from '../platform/remote/as-grant';
import { asText } from '../platform/remote/read-fields';
import type { RemoteAnswer, RemoteHttp } from '../platform/remote/remote-http';
import { CloudLinkApi, PsiFilterRefused } from './cloudlink-api';
import { expectCloudLink } from './cloudlink-errors';
import { callCloudLink } from './cloudlink-http';
import type { CloudLinkAdmin, PsiPage } from './cloudlink-types';
import {
  changedPsiUsersPath,
  distrustFiltered,
  FILTER_REFUSING_STATUSES,
  PSI_PAGE_SIZE,
  psiUsersPath,
  readNextLink,
  readPsiItems,
} from './psi-credentials';
import { resolveNextLink } from './resolve-next-link';

export interface CloudLinkUrls {
  authUrl: string;
  adminUrl: string;
}

/** CloudLink's authentication and admin services, as far as the connector needs them. */
export class CloudLinkClient extends CloudLinkApi {
  constructor(
    private readonly http: RemoteHttp,
    private readonly urls: CloudLinkUrls,
  ) {
    super();
  }

  override async whoAmI(grant: AsGrant, signal: AbortSignal): Promise<CloudLinkAdmin> {
    const body = expectCloudLink(
      await this.get(grant, 'cloudlink.whoami', `${this.urls.authUrl}/2017-09-01/token`, signal),
      'cloudlink.whoami',
    );
    const userId = asText(body['userId']);
    const accountId = asText(body['accountId']);
    if (userId === undefined || accountId === undefined) {
      throw new AppError('provider_answer_invalid', 'CloudLink did not say who has authorised.', {
        detail: 'cloudlink.whoami: userId or accountId missing',
      });
    }
    return { userId, accountId, email: asText(body['email']) ?? '', role: asText(body['role']) ?? '' };
  }

  override async listPsiUsers(
    grant: AsGrant,
    accountId: string,
    position: string | undefined,
    signal: AbortSignal,
  ): Promise<PsiPage> {
    const url = `${this.urls.adminUrl}${position ?? `${psiUsersPath(accountId)}?$top=${PSI_PAGE_SIZE}`}`;
    return this.readPage(accountId, await this.get(grant, 'cloudlink.psi', url, signal));
  }

  override async listChangedPsiUsers(
    grant: AsGrant,
    accountId: string,
    since: Date,
    position: string | undefined,
    signal: AbortSignal,
  ): Promise<PsiPage> {
    const url = `${this.urls.adminUrl}${position ?? changedPsiUsersPath(accountId, since)}`;
    const request = { name: 'cloudlink.psi', method: 'GET' as const, url, tellingStatuses: FILTER_REFUSING_STATUSES };
    const answer = await callCloudLink(this.http, grant, request, signal);
    if (FILTER_REFUSING_STATUSES.has(answer.status))
      throw new PsiFilterRefused('refused', `HTTP ${answer.status}${position === undefined ? '' : ' at a later page'}`);
    const page = this.readPage(accountId, answer);
    const wrong = distrustFiltered(page, since);
    if (wrong === undefined) return page;
    throw new PsiFilterRefused(
      wrong,
      `${page.undated} of ${page.itemCount} users without modifiedOn, the oldest of ${page.oldestChange?.toISOString() ?? 'no time'}, asked for later than ${since.toISOString()}`,
    );
  }

  private readPage(accountId: string, answer: RemoteAnswer): PsiPage {
    const path = psiUsersPath(accountId);
    const body = expectCloudLink(answer, 'cloudlink.psi');
    if (!('_links' in body) && !('count' in body)) {
      throw new AppError('provider_answer_invalid', 'CloudLink sent a user list without its envelope.', {
        detail: 'cloudlink.psi: no _links, no count',
      });
    }
    const link = readNextLink(body);
    return {
      ...readPsiItems(body),
      next: link === undefined ? undefined : resolveNextLink(this.urls.adminUrl, path, link),
    };
  }

  private get(grant: AsGrant, name: string, url: string, signal: AbortSignal): Promise<RemoteAnswer> {
    return callCloudLink(this.http, grant, { name, method: 'GET', url }, signal);
  }
}
