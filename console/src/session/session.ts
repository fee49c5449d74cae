import { queryOptions } from '@tanstack/react-query';
import { answer, api, caller } from '../api/client';
import { ApiError } from '../api/problem';
import type { components } from '../api/schema';

export type Session = components['schemas']['SessionDto'];

/** Who is signed in; null: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await answer(api.GET('/v1/session'));
      caller.csrfToken = session.csrfToken;
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});
