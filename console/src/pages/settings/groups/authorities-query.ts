import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import type { components } from '../../../api/schema';

export type Authorities = components['schemas']['AuthorityListDto'];
export type Authority = components['schemas']['AuthorityDto'];

const PATH = '/v1/connectors/{connectorId}/authorities';
const of = (connectorId: string) => ({ params: { path: { connectorId } } });

/** Whom the connector trusts besides the public authorities. */
export const authoritiesQuery = (connectorId: string) =>
  queryOptions({ queryKey: ['authorities'], queryFn: () => answer(api.GET(PATH, of(connectorId))) });

/** Takes the place of all. @throws ApiError */
export const putAuthorities = (connectorId: string, pem: string): Promise<Authorities> =>
  answer(api.PUT(PATH, { ...of(connectorId), body: { pem } }));

/** Back to the public ones. @throws ApiError */
export const clearAuthorities = (connectorId: string): Promise<unknown> => answer(api.DELETE(PATH, of(connectorId)));
