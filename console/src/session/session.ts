import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { answer, api, caller } from '../api/client';
import { isByHand, LOOK_MS } from '../api/hand';
import { ApiError } from '../api/problem';
import type { components } from '../api/schema';
import { sessionEnd, whyEnded } from './session-end';

export type Session = components['schemas']['SessionDto'];

let usedAt = Date.now();

/** Who is signed in; null: nobody. Asked again once a minute, so that a page does not stay open longer than its session. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ client }): Promise<Session | null> => {
    try {
      const session = await answer(api.GET('/v1/session'));
      caller.csrfToken = session.csrfToken;
      sessionEnd.tell(undefined);
      if (isByHand()) usedAt = Date.now();
      return session;
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.status !== 401) throw error;
      caller.csrfToken = '';
      const before = client.getQueryData<Session | null>(['session']);
      if (before !== undefined && before !== null) sessionEnd.tell(whyEnded(before, Date.now(), usedAt));
      return null;
    }
  },
  staleTime: LOOK_MS,
  refetchOnWindowFocus: 'always',
  refetchInterval: ({ state }) => (state.data === undefined || state.data === null ? false : LOOK_MS),
});

/** After a person has signed out: what was seen in this session is not for the next one. */
export async function forgetSession(queries: QueryClient): Promise<void> {
  caller.csrfToken = '';
  await queries.cancelQueries();
  queries.setQueryData(sessionQuery.queryKey, null);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}
