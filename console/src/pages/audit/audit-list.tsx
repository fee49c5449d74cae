import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import { ProblemAlert } from '../../shell/problem-alert';
import { Waiting } from '../../shell/waiting';
import { AuditEntry } from './audit-entry';
import { NO_FILTER } from './audit-filter';
import { auditQuery, type AuditFilter } from './audit-query';
import classes from './audit.module.css';
import { AUDIT_TEXTS } from './texts';

/** Newest first; older ones when asked for. */
export function AuditList({ filter }: { filter: AuditFilter }) {
  const texts = useTexts(AUDIT_TEXTS);
  const { number } = useFormats();
  const { connectorId } = useSession();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery(connectorId, filter),
  );
  const events = data?.pages.flatMap(({ items }) => items) ?? [];
  const list = useRef<HTMLOListElement>(null);
  const goTo = useRef<number>(undefined);
  useEffect(() => {
    // On to the first of the new ones: the button may be gone, and whoever listens would have to walk through all again.
    if (goTo.current === undefined || goTo.current >= events.length) return;
    const entry = list.current?.children[goTo.current];
    goTo.current = undefined;
    if (entry instanceof HTMLElement) entry.focus();
  }, [events.length]);
  if (data === undefined && error === null) return <Waiting />;
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(NO_FILTER);
  return (
    <Stack gap="sm">
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Text size="sm" c="dimmed" role="status">
          {events.length === 0 ? (isFiltered ? texts.nothingFound : texts.nothing) : texts.shown(number(events.length))}
        </Text>
      )}
      {events.length > 0 && (
        <ol ref={list} className={classes['list']} aria-label={texts.events}>
          {events.map((event) => (
            <AuditEntry key={event.id} event={event} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Group>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => {
              goTo.current = events.length;
              void fetchNextPage();
            }}
          >
            {texts.more}
          </Button>
        </Group>
      )}
      {!hasNextPage && events.length > 0 && (
        <Text size="sm" c="dimmed">
          {texts.end}
        </Text>
      )}
    </Stack>
  );
}
