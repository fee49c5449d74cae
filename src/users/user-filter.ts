import type { Platform } from './registration-report';
import type { UserStatus } from './user-status';

/** What a list shows; undefined: all, except the removed ones. */
export interface UserFilter {
  status: UserStatus | undefined;
  /** Only users with a live registration of this platform. */
  platform: Platform | undefined;
  /** Only users whom the last complete sync did not find, or only the others. */
  missing: boolean | undefined;
  /** Part of the email, the display name or the extension. */
  q: string | undefined;
}
