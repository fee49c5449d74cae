import type { AsGrant } from '../platform/remote/as-grant';

/** Somebody to whom Zoom has given a Zoom Phone licence that works. Either id or email may be missing, never both. */
export interface ZoomPhoneUser {
  id: string | undefined;
  email: string | undefined;
}

/**
 * What came of asking for a page. `not_enabled`: the account has no Zoom Phone, so nobody has. `scope_missing`: the app
 * may not ask, because its admin or its operator has left out the optional scope.
 */
export type ZoomPhoneAnswer =
  | { kind: 'page'; users: ZoomPhoneUser[]; nextPageToken: string | undefined }
  | { kind: 'not_enabled' }
  | { kind: 'scope_missing' };

/** The part of the Zoom Phone API that the connector reads. */
export abstract class ZoomPhoneApi {
  /**
   * GET /phone/users: one page of those who have Zoom Phone, and what a refusal says about all.
   * Nothing that Zoom answers here counts against the grant: the connector works without it.
   * @throws ZoomPageTokenExpired begin again; AppError nothing is known, what was known stays
   */
  abstract listPhoneUsers(
    grant: AsGrant,
    query: { pageToken: string | undefined; pageSize: number },
    signal: AbortSignal,
  ): Promise<ZoomPhoneAnswer>;
}
