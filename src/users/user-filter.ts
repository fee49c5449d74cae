import type { Platform } from './registration-report';
import type { UserStatus } from './user-status';

/** What a list shows; undefined: all, except the removed ones. */
export interface UserFilter {
  status: UserStatus | undefined;
  /** Only users with a live registration of this platform. */
  platform: Platform | undefined;
  /** Only users whom the last complete sync did not find, or only the others. */
  missing: boolean | undefined;
  /** Part of the email, the display name, the extension or the caller id. */
  q: string | undefined;
  /** Exactly the type of the PBX, or exactly its site. */
  pbx: string | undefined;
  /** The SIP code of the failure that is the status of the user. */
  code: number | undefined;
}

/** A filter as the query of a request spells it. */
export interface UserFilterFields {
  status?: UserStatus;
  platform?: Platform;
  missing?: 'true' | 'false';
  q?: string;
  pbx?: string;
  code?: number;
}

export function readUserFilter({ status, platform, missing, q, pbx, code }: UserFilterFields): UserFilter {
  const search = q?.trim();
  return {
    status,
    platform,
    missing: missing === undefined ? undefined : missing === 'true',
    q: search === '' ? undefined : search,
    pbx,
    code,
  };
}
