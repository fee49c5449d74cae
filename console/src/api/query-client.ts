import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem';

/** A refusal stays one; what could not be reached is tried again. */
const mayHelp = (failures: number, error: Error): boolean =>
  failures < 2 && !(error instanceof ApiError && error.problem.status >= 400 && error.problem.status < 500);

/** Whoever is refused like this is not signed in any more: the session is looked at, and the sign-in page takes over. */
const onError = (error: Error): void => {
  if (error instanceof ApiError && error.problem.status === 401)
    void queryClient.invalidateQueries({ queryKey: ['session'] });
};

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry: mayHelp, staleTime: 5_000, refetchOnWindowFocus: true } },
});
