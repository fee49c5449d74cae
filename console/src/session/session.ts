import { queryOptions } from '@tanstack/react-query';
import { caller } from '../api/client';
import { plainCall } from '../api/plain-call';
import { ApiError } from '../api/problem';

export interface Session {
  connectorId: string;
  admin: { email: string; provider: 'zoom' | 'cloudlink'; role: string };
  csrfToken: string;
  idleSeconds: number;
  expiresAt: string;
}

/** Who is signed in; null: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = (await plainCall('GET', '/v1/session')) as Session;
      caller.csrfToken = session.csrfToken;
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});
