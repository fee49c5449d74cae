import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useLanguage } from '../../language/language-context';
import { useConnectorPath } from '../../session/session-context';
import { writeFilter, type UserFilter } from './filter';
import type { LiveUsers } from './live/live-users';
import type { User } from './user';
import { usersCountQuery, usersKey, usersQuery } from './users-query';

/** So many pages are read again at once; who has scrolled further reads on from there. */
const KEPT_PAGES = 20;

export interface UserListState {
  /** undefined: nothing has been read yet. */
  users: readonly User[] | undefined;
  total: number | undefined;
  error: Error | null;
  /** What is shown was found with another filter. */
  isOld: boolean;
  isReadingOn: boolean;
  readOn: () => void;
  readAgain: () => void;
  /** Asks once more for what could not be read. */
  retry: () => void;
  /** Another one with each reading of the list. */
  reading: string;
}

/** The users that are filtered for, as far as they have been read. */
export function useUserList(filter: UserFilter, live: LiveUsers): UserListState {
  const connector = useConnectorPath();
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [times, setTimes] = useState(0);
  const list = useInfiniteQuery(usersQuery(connector, filter, language));
  const count = useQuery(usersCountQuery(connector, filter));
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, isPlaceholderData, fetchNextPage, error } = list;
  const users = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  const mayReadOn = hasNextPage && !isFetchingNextPage && !isPlaceholderData && !isFetchNextPageError;
  return {
    users,
    total: count.data,
    error,
    isOld: isPlaceholderData,
    isReadingOn: isFetchingNextPage,
    readOn: useCallback(() => {
      if (mayReadOn) void fetchNextPage();
    }, [mayReadOn, fetchNextPage]),
    readAgain: useCallback(() => {
      const began = performance.now();
      queries.setQueryData<InfiniteData<unknown>>(usersKey(filter, language), (kept) =>
        kept === undefined
          ? undefined
          : { pages: kept.pages.slice(0, KEPT_PAGES), pageParams: kept.pageParams.slice(0, KEPT_PAGES) },
      );
      setTimes((before) => before + 1);
      void queries.invalidateQueries({ queryKey: ['users'] }).then(() => live.forgetBefore(began));
    }, [filter, language, queries, live]),
    retry: () => void (isFetchNextPageError ? fetchNextPage() : list.refetch()),
    reading: `${writeFilter(filter)} ${times}`,
  };
}
