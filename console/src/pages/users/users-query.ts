import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client';
import type { Language } from '../../language/language';
import { selection, type UserFilter } from './filter';

/** Users per request: some screens full, and read by the browser in a few milliseconds. */
const PAGE_SIZE = 200;

interface Path {
  path: { connectorId: string };
}

export const usersKey = (filter: UserFilter, language: Language) => ['users', filter, language] as const;

/**
 * The list, page by page. It is read once and then kept up to date by the stream of events: reading it again by itself would
 * mean hundreds of requests for somebody who has scrolled far.
 */
export const usersQuery = ({ path }: Path, filter: UserFilter, language: Language) =>
  infiniteQueryOptions({
    queryKey: usersKey(filter, language),
    queryFn: ({ pageParam, signal }) => {
      const { sort, order } = filter;
      const query = { ...selection(filter), sort, order, limit: PAGE_SIZE, cursor: pageParam };
      return answer(api.GET('/v1/connectors/{connectorId}/users', { params: { path, query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // While another filter is asked for, what was found before stays in sight.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
    // Else each page that comes is compared with all that are there.
    structuralSharing: false,
  });

export const usersCountQuery = ({ path }: Path, filter: UserFilter) =>
  queryOptions({
    queryKey: ['users', 'count', selection(filter)],
    queryFn: async ({ signal }) => {
      const query = selection(filter);
      return (await answer(api.GET('/v1/connectors/{connectorId}/users/count', { params: { path, query }, signal })))
        .count;
    },
    placeholderData: keepPreviousData,
  });
