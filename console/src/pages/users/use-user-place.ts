import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useLocation, useParams } from 'wouter';
import { useHashPlace } from '../../shell/use-hash-place';
import { placeOf, readFilter, type UserFilter } from './filter';

interface UserPlace {
  filter: UserFilter;
  /** Zoom's id or the email of the user whose details are shown; undefined: of nobody. */
  user: string | undefined;
  /** `isTyped`: what goes on with what is there replaces it, so that the back button does not go through each letter. */
  change: (change: Partial<UserFilter>, isTyped?: boolean) => void;
  open: (user: string) => void;
  close: () => void;
}

/** Filter and open user stand in the address: links work, and the back button undoes. */
export function useUserPlace(): UserPlace {
  const query = useHashPlace.searchHook();
  const filter = useMemo(() => readFilter(query), [query]);
  const user = decode(useParams<{ user?: string }>().user);
  const [, navigate] = useLocation();
  const cameFromList = useRef(false);
  useEffect(() => {
    if (user === undefined) cameFromList.current = true;
  }, [user]);
  return {
    filter,
    user,
    change: useCallback(
      (change, isTyped = false) => {
        const goesOn = (Object.keys(change) as (keyof UserFilter)[]).every((field) => filter[field] !== undefined);
        navigate(placeOf({ ...filter, ...change }, user), { replace: isTyped && goesOn });
      },
      [filter, user, navigate],
    ),
    open: useCallback((opened) => navigate(placeOf(filter, opened)), [filter, navigate]),
    close: useCallback(() => {
      // The list lies right behind, unless a link has led to the user straight away.
      if (cameFromList.current) window.history.back();
      else navigate(placeOf(filter), { replace: true });
    }, [filter, navigate]),
  };
}

function decode(user: string | undefined): string | undefined {
  if (user === undefined) return undefined;
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
