import { queryOptions } from '@tanstack/react-query';
import { plainCall } from '../../../api/plain-call';

export interface Authority {
  subject: string;
  issuer: string;
  validTo: string;
  fingerprint: string;
}

export interface Authorities {
  certificates: Authority[];
}

const pathOf = (connectorId: string): string => `/v1/connectors/${connectorId}/authorities`;

/** Whom the connector trusts besides the public authorities. */
export const authoritiesQuery = (connectorId: string) =>
  queryOptions({
    queryKey: ['authorities'],
    queryFn: async () => (await plainCall('GET', pathOf(connectorId))) as Authorities,
  });

/** Takes the place of all. @throws ApiError */
export const putAuthorities = async (connectorId: string, pem: string): Promise<Authorities> =>
  (await plainCall('PUT', pathOf(connectorId), { pem })) as Authorities;

/** Back to the public ones. @throws ApiError */
export const clearAuthorities = (connectorId: string): Promise<unknown> => plainCall('DELETE', pathOf(connectorId));
