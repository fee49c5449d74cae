import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onArrival } from './arrivals';
import { sessionQuery, type Session } from './session';

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
  const before = queries.getQueryData<Session | null>(sessionQuery.queryKey);
  // First the session: what is asked next needs its CSRF token.
  await queries.refetchQueries({ queryKey: sessionQuery.queryKey });
  const after = queries.getQueryData<Session | null>(sessionQuery.queryKey);
  const isOther = before?.connectorId !== after?.connectorId;
  const rest = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== 'session' };
  // Of another connector nothing may be shown that belongs to this one, not even while it is read.
  await (isOther ? queries.resetQueries(rest) : queries.invalidateQueries(rest));
}
