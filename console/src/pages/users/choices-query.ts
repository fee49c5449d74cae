import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { answer, api } from '../../api/client';

/** What the users at hand can be filtered by. Changes seldom. */
export const choicesQuery = ({ path }: { path: { connectorId: string } }) =>
  queryOptions({
    queryKey: ['users', 'choices'],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/connectors/{connectorId}/users/choices', { params: { path }, signal })),
    staleTime: 60_000,
  });

/** The types of PBX, then the sites: the API filters by either. */
export function pbxChoices(pbx: readonly components['schemas']['PbxChoiceDto'][]): { value: string; label: string }[] {
  const words = new Set([...pbx.map(({ type }) => type), ...pbx.map(({ site }) => site)]);
  return [...words].filter((word) => word !== '').map((word) => ({ value: word, label: word }));
}
