import { Button, Card, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Waiting } from '../../../shell/waiting';
import classes from '../overview.module.css';
import { runsQuery } from '../queries';
import { Section } from '../section';
import { isOpen } from '../types';
import { RunRow } from './run-row';
import { SYNC_TEXTS } from './sync-texts';
import { useEndedRun } from './use-ended-run';

/** The last syncs, and one now. */
export function Syncs({ mayStart }: { mayStart: boolean }) {
  const texts = useTexts(SYNC_TEXTS);
  const params = useConnectorPath();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(runsQuery(params));
  const said = useEndedRun(data);
  const start = useMutation({
    mutationFn: () => answer(api.POST('/v1/connectors/{connectorId}/sync', { params })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sync-runs'] }),
  });
  const isBusy = start.isPending || data?.some(isOpen) === true;
  return (
    <Section
      id="syncs"
      title={texts.title}
      half="wide"
      actions={
        mayStart && (
          <Button size="xs" loading={isBusy} onClick={() => start.mutate()}>
            {texts.start}
          </Button>
        )
      }
    >
      {start.error !== null && <ProblemAlert error={start.error} />}
      {error !== null && data === undefined && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Waiting />}
      {data !== undefined && (
        <Card withBorder padding={0}>
          {data.length === 0 && (
            <Text size="sm" p="md">
              {texts.none}
            </Text>
          )}
          <Stack component="ul" gap={0} className={classes['list'] ?? ''}>
            {data.map((run, index) => (
              <RunRow key={run.id} run={run} isNewest={index === 0} />
            ))}
          </Stack>
        </Card>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Section>
  );
}
