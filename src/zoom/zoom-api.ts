import type { AsGrant } from '../platform/remote/as-grant';
import type { ZoomAdmin, ZoomUser, ZoomUserPage, ZoomUserStatus } from './zoom-types';

export abstract class ZoomApi {
  /** GET /users: one page of users of one status. An expired page token throws ZoomPageTokenExpired: start that status again. */
  abstract listUsers(
    grant: AsGrant,
    query: { status: ZoomUserStatus; pageToken: string | undefined; pageSize: number },
    signal: AbortSignal,
  ): Promise<ZoomUserPage>;

  /**
   * GET /users/{id}: one user as they are now.
   * @returns undefined only when Zoom itself says that this account has no such user (404, code 1001)
   */
  abstract getUser(grant: AsGrant, userId: string, signal: AbortSignal): Promise<ZoomUser | undefined>;

  /** GET /users/me with a token that is not stored yet. */
  abstract whoAmI(grant: AsGrant, signal: AbortSignal): Promise<ZoomAdmin>;

  /** GET /users/{id}/permissions: privilege names such as `SipPhone:Read`. */
  abstract permissions(grant: AsGrant, userId: string, signal: AbortSignal): Promise<string[]>;
}

/** Zoom's code 300: the listing took longer than 15 minutes between two pages. */
export class ZoomPageTokenExpired extends Error {
  constructor() {
    super('the Zoom page token is invalid or expired');
    this.name = 'ZoomPageTokenExpired';
  }
}
