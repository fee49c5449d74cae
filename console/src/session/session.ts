import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { answer, api, caller } from '../api/client';
import { isByHand, LOOK_MS } from '../api/hand';
import { ApiError } from '../api/problem';
import type { components } from '../api/schema';
import { sessionEnd, whyEnded } from './session-end';

export type Session = components['schemas']['SessionDto'];

let usedAt = Date.now();
/** The connector whose answers are kept. */
let keptFor: string | undefined;

/** Who is signed in; null: nobody. Asked again once a minute, so that a page does not stay open longer than its session. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ client }): Promise<Session | null> => {
    try {
      const session = await answer(api.GET('/v1/session'));
      caller.csrfToken = session.csrfToken;
      keepFor(session.connectorId, client);
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

/** Another tab may have signed in to another connector: nothing of this one is shown in its place. */
function keepFor(connectorId: string, client: QueryClient): void {
  if (keptFor !== undefined && keptFor !== connectorId) removeAnswers(client);
  keptFor = connectorId;
}

/** All but who is signed in. */
function removeAnswers(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}

/** After a person has signed out: what was seen in this session is not for the next one. */
export async function forgetSession(queries: QueryClient): Promise<void> {
  caller.csrfToken = '';
  await queries.cancelQueries();
  queries.setQueryData(sessionQuery.queryKey, null);
  removeAnswers(queries);
}
