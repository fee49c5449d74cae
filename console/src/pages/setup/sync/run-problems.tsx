import { Button, Card, List, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { SYNC_TEXTS } from './texts';
import { isOpen, type Run } from './use-first-run';

const PAGE = 20;

/** Whom a sync could not use, and why; some at a time. */
export function RunProblems({ run }: { run: Run }) {
  const texts = useTexts(SYNC_TEXTS);
  const { number } = useFormats();
  const { path } = useConnectorPath();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    // Those of a run that goes on grow: asked again when it has ended.
    queryKey: ['sync-runs', run.id, 'problems', isOpen(run)],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/connectors/{connectorId}/sync-runs/{runId}/problems', {
          params: {
            path: { ...path, runId: run.id },
            query: { limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card withBorder component="section" aria-labelledby="run-problems">
      <Stack gap="xs">
        <Title order={3} size="h4" id="run-problems">
          {texts.problems(number(run.counts.problems))}
        </Title>
        <Text size="sm">{texts.problemsText}</Text>
        {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {items.length > 0 && (
          <List listStyleType="none" withPadding={false} spacing="xs" size="sm">
            {items.map(({ code, email, cloudlinkUserId, detail, createdAt }, index) => (
              <List.Item key={`${createdAt} ${cloudlinkUserId ?? ''} ${index}`} style={{ overflowWrap: 'anywhere' }}>
                <strong>{email ?? cloudlinkUserId ?? texts.nobody}</strong>
                <br />
                {texts.codes[code] ?? detail}
              </List.Item>
            ))}
          </List>
        )}
        {hasNextPage && (
          <Button
            variant="default"
            size="xs"
            style={{ alignSelf: 'flex-start' }}
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {texts.more}
          </Button>
        )}
      </Stack>
    </Card>
  );
}
