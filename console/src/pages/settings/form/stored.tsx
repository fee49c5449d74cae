import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../../../language/language-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { SHELL_TEXTS } from '../../../shell/texts';

/** Shows a form once what it changes has been read. */
export function Stored<T>({ query, children }: { query: UseQueryResult<T>; children: (stored: T) => ReactNode }) {
  const { loading } = useTexts(SHELL_TEXTS);
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Stack gap="xs" role="status" aria-label={loading}>
      <Skeleton height={36} />
      <Skeleton height={36} width="40%" />
    </Stack>
  );
}
