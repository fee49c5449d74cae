import { PLATFORMS, STATUSES, type Platform, type UserStatus } from './user';

export const SORT_KEYS = ['email', 'displayName', 'extension', 'pbx', 'status', 'since', 'syncedAt'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Which users are shown, and in which order. It stands in the address, so that links and the back button work. */
export interface UserFilter {
  status: UserStatus | undefined;
  platform: Platform | undefined;
  missing: 'true' | 'false' | undefined;
  pbx: string | undefined;
  /** A SIP code, 100 to 699. */
  code: string | undefined;
  q: string | undefined;
  sort: SortKey;
  order: 'asc' | 'desc';
}

const oneOf = <T extends string>(values: readonly T[], value: string | null): T | undefined =>
  values.find((known) => known === value);

const text = (value: string | null): string | undefined => (value === null || value === '' ? undefined : value);

/** What a link does not say, or says in words that do not exist, is left open. */
export function readFilter(query: string): UserFilter {
  const search = new URLSearchParams(query);
  const code = text(search.get('code'));
  return {
    status: oneOf(STATUSES, search.get('status')),
    platform: oneOf(PLATFORMS, search.get('platform')),
    missing: oneOf(['true', 'false'], search.get('missing')),
    pbx: text(search.get('pbx')),
    code: code !== undefined && isSipCode(code) ? code : undefined,
    q: text(search.get('q')),
    sort: oneOf(SORT_KEYS, search.get('sort')) ?? 'email',
    order: oneOf(['asc', 'desc'], search.get('order')) ?? 'asc',
  };
}

const isSipCode = (code: string): boolean => /^[1-6]\d\d$/.test(code);

/** The part of the filter that chooses users, as the API wants it. */
export const selection = ({ status, platform, missing, pbx, code, q }: UserFilter) => ({
  status,
  platform,
  missing,
  pbx,
  code: code === undefined ? undefined : Number(code),
  q,
});

/** The query of the address, without what is usual. */
export function writeFilter(filter: UserFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter) as [keyof UserFilter, string | undefined][]) {
    if (value === undefined || (name === 'sort' && value === 'email') || (name === 'order' && value === 'asc'))
      continue;
    search.set(name, value);
  }
  return search.toString();
}

/** Where the list lies, or one user of it. */
export function placeOf(filter: UserFilter, user?: string): string {
  const query = writeFilter(filter);
  return `/users${user === undefined ? '' : `/${encodeURIComponent(user)}`}${query === '' ? '' : `?${query}`}`;
}

/** Whether it leaves anybody out. */
export const isFiltered = (filter: UserFilter): boolean =>
  Object.values(selection(filter)).some((value) => value !== undefined);

/** Leaves nobody out. */
export const NO_SELECTION: Partial<UserFilter> = {
  q: undefined,
  status: undefined,
  code: undefined,
  platform: undefined,
  pbx: undefined,
  missing: undefined,
};
