import type { AsGrant } from '../platform/remote/as-grant';
import type { RateClass } from '../platform/remote/call-limits';
import { asArray, asObject, asText } from '../platform/remote/read-fields';
import type { RemoteAnswer, RemoteHttp } from '../platform/remote/remote-http';
import { AppError } from '../platform/errors/app-error';
import { ZoomApi } from './zoom-api';
import { expectZoom, isZoomUserUnknown, ZOOM_REFUSALS } from './zoom-errors';
import { readPageToken } from './read-page-token';
import { getFromZoom } from './zoom-get';
import {
  ZOOM_USER_STATUSES,
  type ZoomAdmin,
  type ZoomUser,
  type ZoomUserPage,
  type ZoomUserStatus,
} from './zoom-types';

/** Zoom's REST API v2 (developers.zoom.us/docs/api), as far as the connector needs it. */
export class ZoomClient extends ZoomApi {
  constructor(
    private readonly http: RemoteHttp,
    private readonly apiUrl: string,
  ) {
    super();
  }

  override async listUsers(
    grant: AsGrant,
    query: { status: ZoomUserStatus; pageToken: string | undefined; pageSize: number },
    signal: AbortSignal,
  ): Promise<ZoomUserPage> {
    const parameters = new URLSearchParams({ status: query.status, page_size: String(query.pageSize) });
    if (query.pageToken !== undefined) parameters.set('next_page_token', query.pageToken);
    const answer = await this.get(grant, 'medium', 'zoom.users', `/users?${parameters.toString()}`, signal);
    const body = expectZoom(answer, 'zoom.users', 'users');
    const items = asArray(body['users']);
    if (items === undefined) throw new AppError('provider_answer_invalid', 'Zoom sent a user list that is not a list.');
    return {
      users: items.flatMap((item) => readUser(item, query.status)),
      nextPageToken: readPageToken(body['next_page_token']),
    };
  }

  override async getUser(grant: AsGrant, userId: string, signal: AbortSignal): Promise<ZoomUser | undefined> {
    const answer = await this.get(grant, 'light', 'zoom.user', `/users/${encodeURIComponent(userId)}`, signal);
    if (isZoomUserUnknown(answer)) return undefined;
    const body = expectZoom(answer, 'zoom.user', 'status');
    const status = ZOOM_USER_STATUSES.find((known) => known === body['status']);
    const [user] = status === undefined ? [] : readUser(body, status);
    if (user === undefined) {
      throw new AppError('provider_answer_invalid', 'Zoom did not say who this user is.', {
        detail: 'zoom.user: status or email missing or unknown',
      });
    }
    return user;
  }

  override async whoAmI(grant: AsGrant, signal: AbortSignal): Promise<ZoomAdmin> {
    const body = expectZoom(await this.get(grant, 'light', 'zoom.user', '/users/me', signal), 'zoom.user', 'id');
    const userId = asText(body['id']);
    const accountId = asText(body['account_id']);
    if (userId === undefined || accountId === undefined) {
      throw new AppError('provider_answer_invalid', 'Zoom did not say who has authorised.', {
        detail: 'zoom.user: id or account_id missing',
      });
    }
    return {
      userId,
      accountId,
      email: asText(body['email']) ?? '',
      roleName: asText(body['role_name']) ?? '',
      isActive: body['status'] !== 'inactive',
    };
  }

  override async permissions(grant: AsGrant, userId: string, signal: AbortSignal): Promise<string[]> {
    const answer = await this.get(
      grant,
      'light',
      'zoom.permissions',
      `/users/${encodeURIComponent(userId)}/permissions`,
      signal,
    );
    const body = expectZoom(answer, 'zoom.permissions', 'permissions');
    return (asArray(body['permissions']) ?? []).flatMap((item) => asText(item) ?? []);
  }

  private get(
    grant: AsGrant,
    rateClass: RateClass,
    name: string,
    path: string,
    signal: AbortSignal,
  ): Promise<RemoteAnswer> {
    const question = { rateClass, name, path, refusals: ZOOM_REFUSALS };
    return getFromZoom(this.http, this.apiUrl, grant, question, signal);
  }
}

/** A user without an email cannot be matched to anybody and is left out. */
function readUser(item: unknown, status: ZoomUserStatus): ZoomUser[] {
  const user = asObject(item);
  const email = asText(user?.['email'], 254);
  if (user === undefined || email === undefined) return [];
  const fullName = [asText(user['first_name']), asText(user['last_name'])]
    .filter((part) => part !== undefined)
    .join(' ');
  return [{ id: asText(user['id'], 128), email, displayName: asText(user['display_name']) ?? fullName, status }];
}
