export const ZOOM_USER_STATUSES = ['active', 'inactive', 'pending'] as const;
export type ZoomUserStatus = (typeof ZOOM_USER_STATUSES)[number];

/** A Zoom user as we keep it. Zoom gives no id to users who have not accepted their invitation yet. */
export interface ZoomUser {
  id: string | undefined;
  email: string;
  displayName: string;
  status: ZoomUserStatus;
}

/** One page of GET /users; `nextPageToken` is valid for 15 minutes, undefined on the last page. */
export interface ZoomUserPage {
  users: ZoomUser[];
  nextPageToken: string | undefined;
}

/** Who authorised, from GET /users/me. */
export interface ZoomAdmin {
  userId: string;
  accountId: string;
  email: string;
  roleName: string;
  /** false: deactivated in Zoom. */
  isActive: boolean;
}
