import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client';
import { isOpen } from './types';

/** What changes by itself is asked for again; a run that is open more often, because somebody watches it. */
const CALM_MS = 15_000;
const WATCHING_MS = 1_000;
/** What looks at targets and puts causes together runs every few minutes. */
const SLOW_MS = 30_000;

const RUNS_SHOWN = 5;

type OfConnector = { path: { connectorId: string } };

export const runsQuery = (params: OfConnector) =>
  queryOptions({
    queryKey: ['sync-runs'],
    queryFn: async () =>
      (
        await answer(
          api.GET('/v1/connectors/{connectorId}/sync-runs', { params: { ...params, query: { limit: RUNS_SHOWN } } }),
        )
      ).items,
    refetchInterval: ({ state: { data } }) => (data?.some(isOpen) === true ? WATCHING_MS : CALM_MS),
  });

export const runQuery = ({ path }: OfConnector, runId: string) =>
  queryOptions({
    queryKey: ['sync-runs', runId],
    queryFn: () =>
      answer(api.GET('/v1/connectors/{connectorId}/sync-runs/{runId}', { params: { path: { ...path, runId } } })),
    refetchInterval: WATCHING_MS,
  });

export const targetsQuery = (params: OfConnector) =>
  queryOptions({
    queryKey: ['targets'],
    queryFn: async () => (await answer(api.GET('/v1/connectors/{connectorId}/targets', { params }))).items,
    refetchInterval: SLOW_MS,
  });

export const diagnosisQuery = (params: OfConnector) =>
  queryOptions({
    queryKey: ['diagnosis'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/diagnosis', { params })),
    refetchInterval: SLOW_MS,
  });
