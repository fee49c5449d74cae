import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../../../api/client';
import type { components } from '../../../api/schema';
import { useConnectorPath } from '../../../session/session-context';

export type Run = components['schemas']['WatchedSyncRunDto'];

const LOOK_MS = 1_000;
export const isOpen = (run: Pick<Run, 'state'> | undefined): boolean =>
  run !== undefined && (run.state === 'queued' || run.state === 'running');

/** One sync as it goes on; when it ends, what it has changed is read anew. */
export function useRun(runId: string | undefined): UseQueryResult<Run> {
  const params = useConnectorPath();
  const queries = useQueryClient();
  const result = useQuery({
    queryKey: ['sync-runs', runId],
    queryFn: () => {
      if (runId === undefined) throw new Error('there is no run yet');
      const path = { ...params.path, runId };
      return answer(api.GET('/v1/connectors/{connectorId}/sync-runs/{runId}', { params: { path } }));
    },
    enabled: runId !== undefined,
    refetchInterval: ({ state }) => (isOpen(state.data) ? LOOK_MS : false),
  });
  const state = result.data?.state;
  useEffect(() => {
    if (state === 'succeeded')
      for (const key of ['connector', 'users']) void queries.invalidateQueries({ queryKey: [key] });
  }, [state, queries]);
  return result;
}

/** Begins a sync, or finds the one that is under way. */
export function useStartSync(): UseMutationResult<unknown, Error, void> {
  const params = useConnectorPath();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/v1/connectors/{connectorId}/sync', { params })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['connector'] }),
  });
}
