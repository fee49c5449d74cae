import { Button, Loader, Modal, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import classes from '../overview.module.css';
import { SYNC_TEXTS as PROBLEM_WORDS } from '../../setup/sync/texts';
import { SYNC_TEXTS } from './sync-texts';

const PAGE = 50;

/** The users of one run who could not be used, and why. */
export function RunProblems({ runId, opened, onClose }: { runId: string; opened: boolean; onClose: () => void }) {
  const texts = useTexts(SYNC_TEXTS);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={texts.problemsTitle}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <ProblemList runId={runId} />
    </Modal>
  );
}

function ProblemList({ runId }: { runId: string }) {
  const texts = useTexts(SYNC_TEXTS);
  const { codes } = useTexts(PROBLEM_WORDS);
  const { path } = useConnectorPath();
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['sync-runs', runId, 'problems'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/v1/connectors/{connectorId}/sync-runs/{runId}/problems', {
          params: { path: { ...path, runId }, query: { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const problems = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <Stack component="ul" gap="xs" className={classes['list'] ?? ''}>
        {problems.map(({ code, email, cloudlinkUserId, field, detail }, index) => (
          <li key={`${index} ${cloudlinkUserId ?? email ?? code}`} className={classes['long'] ?? ''}>
            <Text size="sm" fw={600}>
              {email ?? cloudlinkUserId ?? '–'}
            </Text>
            <Text size="sm">{codes[code] ?? detail}</Text>
            {field !== null && code.startsWith('invalid_') && <Text size="sm" c="dimmed">{`${field}: ${detail}`}</Text>}
          </li>
        ))}
      </Stack>
      {isFetching && <Loader size="sm" />}
      {hasNextPage && !isFetching && (
        <Button variant="default" onClick={() => void fetchNextPage()}>
          {texts.more}
        </Button>
      )}
    </Stack>
  );
}
