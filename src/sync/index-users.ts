import type { StoredUser } from './plan-types';

export function indexUsers(
  users: readonly StoredUser[],
  keyOf: (user: StoredUser) => string | null,
): ReadonlyMap<string, StoredUser> {
  const index = new Map<string, StoredUser>();
  for (const user of users) {
    const key = keyOf(user);
    if (key !== null) index.set(key, user);
  }
  return index;
}
