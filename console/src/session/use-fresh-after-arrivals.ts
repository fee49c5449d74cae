import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onArrival } from './arrivals';
import { sessionQuery } from './session';

/** Whoever has arrived in whichever window has made a new session, for this one too, and has perhaps mended the connector. */
export function useFreshAfterArrivals(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      onArrival(({ error }) => {
        if (error === undefined) void readAnew(queries);
      }),
    [queries],
  );
}

async function readAnew(queries: QueryClient): Promise<void> {
  // First the session: what is asked next needs its CSRF token, and of another connector nothing is left then.
  await queries.refetchQueries({ queryKey: sessionQuery.queryKey });
  await queries.invalidateQueries({
    predicate: ({ queryKey: [name, what] }) => name !== 'session' && !(name === 'users' && isFilter(what)),
  });
}

/** A list of users may have hundreds of pages, and is kept up to date by its stream of events. */
const isFilter = (what: unknown): boolean => typeof what === 'object';
