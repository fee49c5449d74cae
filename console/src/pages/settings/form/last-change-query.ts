import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import type { AuditEvent } from '../../audit/audit-query';

/** Entries of the audit that are about one group of settings. */
export interface ChangeFilter {
  actions: readonly string[];
  /** Where several groups share an action: only entries that tell one of these. */
  details?: readonly string[];
}

/** So far back is looked for a change of one group among those of others. */
const LOOK_BACK = 50;

/** The newest change of a group; null: none, or none so near. */
export const lastChangeQuery = (connectorId: string, { actions, details }: ChangeFilter) =>
  queryOptions({
    queryKey: ['audit', connectorId, 'last', actions, details],
    queryFn: async (): Promise<AuditEvent | null> => {
      const found = await Promise.all(actions.map((action) => newest(connectorId, action, details)));
      return found.flatMap((event) => event ?? []).sort((a, b) => b.at.localeCompare(a.at))[0] ?? null;
    },
  });

async function newest(
  connectorId: string,
  action: string,
  details: readonly string[] | undefined,
): Promise<AuditEvent | undefined> {
  const limit = details === undefined ? 1 : LOOK_BACK;
  const params = { path: { connectorId }, query: { action, limit } };
  const { items } = await answer(api.GET('/v1/connectors/{connectorId}/audit', { params }));
  return items.find((event) => details === undefined || details.some((key) => key in event.details));
}
