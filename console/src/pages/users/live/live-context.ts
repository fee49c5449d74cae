import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { User } from '../user';
import { withLive, type LiveUsers } from './live-users';

const Context = createContext<LiveUsers | undefined>(undefined);

export const LiveProvider = Context;

export function useLiveUsers(): LiveUsers {
  const live = use(Context);
  if (live === undefined) throw new Error('useLiveUsers is used outside of the page of users');
  return live;
}

/** A row of the list as it is now; whoever shows it is drawn again when it changes. */
export function useLiveUser(user: User): User {
  const live = useLiveUsers();
  const { email } = user;
  const subscribe = useCallback((listener: () => void) => live.onUser(email, listener), [live, email]);
  return withLive(
    user,
    useSyncExternalStore(subscribe, () => live.of(email)),
  );
}
