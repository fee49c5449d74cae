import { Container } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SessionProvider } from '../session/session-context';
import { sessionQuery } from '../session/session';
import { useFreshAfterArrivals } from '../session/use-fresh-after-arrivals';
import { ProblemAlert } from './problem-alert';
import { Waiting } from './waiting';

/** Shows its children to whoever is signed in, and something else to others. */
export function SignedIn({ children, otherwise }: { children: ReactNode; otherwise: ReactNode }) {
  useFreshAfterArrivals();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (session !== undefined && session !== null)
    return (
      // Of another connector all begins anew: what was half typed belongs to this one.
      <SessionProvider key={session.connectorId} value={session}>
        {children}
      </SessionProvider>
    );
  if (session === null) return otherwise;
  if (error !== null)
    return (
      <Container size="sm" py="xl">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Container>
    );
  return <Waiting />;
}
