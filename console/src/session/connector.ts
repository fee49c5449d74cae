import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import type { components } from '../api/schema';
import { useConnectorPath } from './session-context';

export type Connector = components['schemas']['ConnectorOverviewDto'];

/** The connector of this session. `everyMs`: how often it is asked again by itself; not at all when absent. */
export function useConnector(everyMs?: number): UseQueryResult<Connector> {
  const params = useConnectorPath();
  return useQuery({
    queryKey: ['connector'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}', { params })),
    refetchInterval: everyMs ?? false,
  });
}

/** Whether the set-up has not come to its end: a side is missing, or no sync has succeeded yet. */
export const isSetupDue = ({ state, syncedAt }: Connector): boolean =>
  state === 'pending' || (state === 'active' && syncedAt === null);
