import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client';
import type { components } from '../../api/schema';

export type AuditEvent = components['schemas']['AuditEventDto'];

/** What is looked for; an empty text: everything. */
export interface AuditFilter {
  action: string;
  /** Days of the person's own calendar, such as 2026-11-24; both belong to it. */
  from: string;
  to: string;
}

const PAGE = 50;
const DAY_MS = 86_400_000;

/** Newest first, page by page. */
export const auditQuery = (connectorId: string, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', connectorId, filter],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/connectors/{connectorId}/audit', {
          params: {
            path: { connectorId },
            query: { limit: PAGE, ...questionOf(filter), ...(pageParam === '' ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

/** In the API's terms: from the first moment of one day, to before the first one of the day after the other. */
function questionOf({ action, from, to }: AuditFilter): { action?: string; from?: string; to?: string } {
  const [first, last] = [startOf(from), startOf(to)];
  return {
    ...(action === '' ? {} : { action }),
    ...(first === undefined ? {} : { from: first.toISOString() }),
    ...(last === undefined ? {} : { to: nextDay(last).toISOString() }),
  };
}

/** undefined: no day, or a half-typed one. */
function startOf(day: string): Date | undefined {
  const start = new Date(`${day}T00:00`);
  return Number.isNaN(start.getTime()) ? undefined : start;
}

/** By way of its middle: a day may have 23 or 25 hours. */
function nextDay(start: Date): Date {
  const next = new Date(start.getTime() + 1.5 * DAY_MS);
  next.setHours(0, 0, 0, 0);
  return next;
}
