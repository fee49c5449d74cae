import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem';

/** A refusal stays one; what could not be reached is tried again. */
const mayHelp = (failures: number, error: Error): boolean =>
  failures < 2 && !(error instanceof ApiError && error.problem.status >= 400 && error.problem.status < 500);

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: mayHelp, staleTime: 5_000, refetchOnWindowFocus: true } },
});
