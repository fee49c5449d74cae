import { AppError } from '../platform/errors/app-error';
import type { AsGrant } from '../platform/remote/as-grant';
import type { Refusals } from '../platform/remote/call-as-grant';
import { asArray, asObject, asText } from '../platform/remote/read-fields';
import type { RemoteAnswer, RemoteHttp } from '../platform/remote/remote-http';
import { ZoomPageTokenExpired } from './zoom-api';
import { readPageToken } from './read-page-token';
import { expectZoom, isZoomScopeMissing, isZoomTokenRefused, readZoomError } from './zoom-errors';
import { getFromZoom } from './zoom-get';
import { ZoomPhoneApi, type ZoomPhoneAnswer, type ZoomPhoneUser } from './zoom-phone-api';

/**
 * "Zoom Phone has not been enabled for this account." Documented as 403 with 2031 for GET /phone/settings, and 2013 for
 * contacts; of GET /phone/users Zoom only says "you'll receive a 403 error if you have not set up Zoom Phone": that it
 * has these numbers there, too, is our assumption. A 403 without them is no such word.
 */
const NOT_ENABLED_CODES = new Set([2031, 2013]);

/**
 * Documented values of an item's `status`: `activate`, and `deactivate` ("can't make or receive calls"). The filter of the
 * same name knows `pending` besides ("not been assigned Zoom Phone feature"); that such a user may come without asking
 * for them is our assumption, and so is that a status which we do not know is one that works.
 */
const WITHOUT_TELEPHONE = new Set(['deactivate', 'pending']);

/**
 * GET /phone/users of Zoom's Phone API (developers.zoom.us/docs/api/phone, OpenAPI of July 2026). Documented: the scope
 * `phone:read:list_users:admin` (classic `phone:read:admin`), the label MEDIUM, at most 100 users a page, page tokens that
 * live 15 minutes, `users` with `id` ("userId"), `email` and `status`. Assumed: `id` is the id of GET /users, as the name
 * says and samples show, and missing where that one has none; without a filter all who have a licence are listed.
 */
export class ZoomPhoneClient extends ZoomPhoneApi {
  constructor(
    private readonly http: RemoteHttp,
    private readonly apiUrl: string,
  ) {
    super();
  }

  override async listPhoneUsers(
    grant: AsGrant,
    { pageToken, pageSize }: { pageToken: string | undefined; pageSize: number },
    signal: AbortSignal,
  ): Promise<ZoomPhoneAnswer> {
    const parameters = new URLSearchParams({ page_size: String(pageSize) });
    if (pageToken !== undefined) parameters.set('next_page_token', pageToken);
    const path = `/phone/users?${parameters.toString()}`;
    const question = { rateClass: 'medium', name: 'zoom.phone_users', path, refusals: REFUSALS } as const;
    const answer = await getFromZoom(this.http, this.apiUrl, renewedOnce(grant), question, signal);
    if (isZoomScopeMissing(answer)) return { kind: 'scope_missing' };
    if (isNotEnabled(answer)) return { kind: 'not_enabled' };
    if (isPageTokenExpired(answer)) throw new ZoomPageTokenExpired();
    if (isSiteForbidden(answer)) {
      throw new AppError('provider_rejected', 'The Zoom admin who authorised may not see all sites of Zoom Phone.', {
        detail: `zoom.phone_users: HTTP ${answer.status}, ${readZoomError(answer).message}`,
      });
    }
    const body = expectZoom(answer, 'zoom.phone_users', 'users');
    const items = asArray(body['users']);
    if (items === undefined) {
      throw new AppError('provider_answer_invalid', 'Zoom sent a list of Zoom Phone users that is not a list.');
    }
    return { kind: 'page', users: items.flatMap(readPhoneUser), nextPageToken: readPageToken(body['next_page_token']) };
  }
}

/**
 * Only what is said of the token itself is a reason to renew it. Code 124 also means "the current site does not belong to
 * the target sites" here, and a missing scope may come as 401; that an admin has no right to Zoom Phone makes nobody else
 * of a connector's admins take over.
 */
const REFUSALS: Refusals = {
  isTokenRefused: (answer) => isZoomTokenRefused(answer) && !isZoomScopeMissing(answer) && !isSiteForbidden(answer),
};

const isSiteForbidden = (answer: RemoteAnswer): boolean => {
  const { code, message } = readZoomError(answer);
  return answer.status === 400 && code === 124 && !/access token/i.test(message);
};

const isNotEnabled = (answer: RemoteAnswer): boolean => NOT_ENABLED_CODES.has(readZoomError(answer).code ?? 0);

/** Documented with code 400 here, where GET /users has 300. */
const isPageTokenExpired = (answer: RemoteAnswer): boolean =>
  answer.status === 400 && /page token/i.test(readZoomError(answer).message);

/**
 * A grant whose fresh token is refused is marked as not to be relied on. Here it is not told of the second refusal: when
 * the token is really dead, the next call for the users says so.
 */
function renewedOnce(grant: AsGrant): AsGrant {
  let isRenewed = false;
  return {
    accountId: grant.accountId,
    accessToken: async (options = {}) => {
      if (options.rejected !== undefined && isRenewed) return options.rejected;
      isRenewed = options.rejected !== undefined;
      return grant.accessToken(options);
    },
  };
}

/** Whom neither an id nor an email names cannot be matched to anybody. */
function readPhoneUser(item: unknown): ZoomPhoneUser[] {
  const user = asObject(item);
  const id = asText(user?.['id'], 128);
  const email = asText(user?.['email'], 254);
  const hasTelephone = !WITHOUT_TELEPHONE.has(asText(user?.['status']) ?? '');
  return hasTelephone && (id ?? email) !== undefined ? [{ id, email }] : [];
}
