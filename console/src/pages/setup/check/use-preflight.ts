import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import type { components } from '../../../api/schema';
import { useConnectorPath } from '../../../session/session-context';

export type Preflight = components['schemas']['PreflightDto'];
export type Check = components['schemas']['CheckDto'];

/**
 * A look at everything that the customer has to prepare. It takes some seconds and asks both providers.
 * @param isAsking false: only what the last look has found, if there was one
 */
export function usePreflight(isAsking = true): UseQueryResult<Preflight> {
  const params = useConnectorPath();
  return useQuery({
    queryKey: ['preflight'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/preflight', { params })),
    enabled: isAsking,
    // Asked again by a person, or when a sync has changed what it looks at.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}
