export const APP_PLATFORMS = ['desktop', 'mobile'] as const;
export type AppPlatform = (typeof APP_PLATFORMS)[number];

/** What an app token is for: one user on one platform. Beside the client that it was made for, which is in every token. */
export interface AppIdentity {
  /** Ours: emails and ids of Zoom may pass to another person. */
  userId: string;
  platform: AppPlatform;
}

/** How the user may be named in a path, at present. */
export interface AppUserNames {
  email: string;
  zoomUserId: string | null;
}

/** An app that calls, with its user as just looked up. */
export type AppCaller = AppIdentity & AppUserNames;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isPlatform = (value: unknown): value is AppPlatform => APP_PLATFORMS.some((platform) => platform === value);

/** Claims of an app token; `none`: those of a machine client; `wrong`: one of them is there and cannot be used. */
export function readAppClaims(claims: Record<string, unknown>): AppIdentity | 'none' | 'wrong' {
  const { user_id: userId, platform } = claims;
  if (userId === undefined && platform === undefined) return 'none';
  return typeof userId === 'string' && UUID.test(userId) && isPlatform(platform) ? { userId, platform } : 'wrong';
}

export const appClaims = ({ userId, platform }: AppIdentity): { user_id: string; platform: AppPlatform } => ({
  user_id: userId,
  platform,
});
