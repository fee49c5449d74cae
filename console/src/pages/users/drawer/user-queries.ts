import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';

interface Path {
  path: { connectorId: string };
}

const ofUser = ({ path: { connectorId } }: Path, user: string) => ({ params: { path: { connectorId, user } } });

export const userQuery = (connector: Path, user: string) =>
  queryOptions({
    queryKey: ['user', user],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/users/{user}', ofUser(connector, user))),
  });

export const historyQuery = (connector: Path, user: string) =>
  queryOptions({
    queryKey: ['user', user, 'status-history'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/users/{user}/status-history', ofUser(connector, user))),
  });

export const diagnosisQuery = (connector: Path, user: string) =>
  queryOptions({
    queryKey: ['user', user, 'diagnosis'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/users/{user}/diagnosis', ofUser(connector, user))),
  });
