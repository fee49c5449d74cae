import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import type { components } from '../../../api/schema';
import type { Connector } from '../../../session/connector';
import { useConnectorPath } from '../../../session/session-context';

export type Preflight = components['schemas']['PreflightDto'];
export type Check = components['schemas']['CheckDto'];

/** What a look has found. */
export interface Look extends Preflight {
  /** The last sync that was known when the look began, which may have taken some seconds. */
  afterSync: string | null;
}

/**
 * A look at everything that the customer has to prepare. It takes some seconds and asks both providers.
 * @param isAsking false: only what the last look has found, if there was one
 */
export function usePreflight(isAsking = true): UseQueryResult<Look> {
  const params = useConnectorPath();
  return useQuery({
    queryKey: ['preflight'],
    queryFn: async ({ client }) => {
      const afterSync = client.getQueryData<Connector>(['connector'])?.syncedAt ?? null;
      return { ...(await answer(api.GET('/v1/connectors/{connectorId}/preflight', { params }))), afterSync };
    },
    enabled: isAsking,
    // Asked again by a person, or when a sync has changed what it looks at.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}
