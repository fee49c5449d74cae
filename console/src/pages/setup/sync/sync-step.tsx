import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { PROBLEM_TEXTS } from '../../../api/problem-texts';
import { useTexts } from '../../../language/language-context';
import { wordFor } from '../../../language/word-for';
import type { Connector } from '../../../session/connector';
import { ProblemAlert } from '../../../shell/problem-alert';
import { RunProblems } from './run-problems';
import { RunProgress } from './run-progress';
import { SYNC_TEXTS } from './texts';
import { isOpen, useRun, useStartSync } from './use-first-run';

/** The first sync as it goes on; it has begun by itself when the second side came. */
export function SyncStep({ connector }: { connector: Connector }) {
  const texts = useTexts(SYNC_TEXTS);
  const words = useTexts(PROBLEM_TEXTS);
  const { data: run, error, refetch } = useRun(connector.lastSync?.id);
  const start = useStartSync();
  const failure = start.error ?? error;
  const isSynced = connector.syncedAt !== null;
  return (
    <Stack>
      <Text>{texts.intro}</Text>
      {failure !== null && <ProblemAlert error={failure} onRetry={() => void refetch()} />}
      {connector.lastSync === null && (
        <Group>
          <Text role="status">{texts.notBegun}</Text>
          <Button variant="default" loading={start.isPending} onClick={() => start.mutate()}>
            {texts.start}
          </Button>
        </Group>
      )}
      {run !== undefined && (
        <>
          <RunProgress run={run} />
          {run.error !== null && (
            <Alert color={isOpen(run) ? 'yellow' : 'red'}>
              <Text fw={600}>{isOpen(run) ? texts.waits : texts.failed}</Text>
              {wordFor(words, run.error.code) ?? run.error.message}
            </Alert>
          )}
          {run.state === 'failed' && (
            <Button style={{ alignSelf: 'flex-start' }} loading={start.isPending} onClick={() => start.mutate()}>
              {texts.again}
            </Button>
          )}
          {run.counts.problems > 0 && <RunProblems run={run} />}
        </>
      )}
      {isSynced && (
        <Button component="a" href="#/setup/done" style={{ alignSelf: 'flex-start' }}>
          {texts.goOn}
        </Button>
      )}
    </Stack>
  );
}
