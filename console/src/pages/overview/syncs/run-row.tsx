import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { wordFor } from '../../../language/word-for';
import classes from '../overview.module.css';
import { ToneBadge, type Tone } from '../tone';
import { isOpen, type SyncRun } from '../types';
import { ApproveRun } from './approve-run';
import { RUN_ERROR_TEXTS } from './run-error-texts';
import { RunProgress } from './run-progress';
import { RunProblems } from './run-problems';
import { SYNC_TEXTS } from './sync-texts';
import { useDuration } from './use-duration';

const TONES: Record<SyncRun['state'], Tone> = {
  queued: 'calm',
  running: 'blue',
  succeeded: 'good',
  failed: 'bad',
  awaiting_approval: 'warn',
};

/** One sync: when, what of, what came of it. */
export function RunRow({ run, isNewest }: { run: SyncRun; isNewest: boolean }) {
  const texts = useTexts(SYNC_TEXTS);
  const errors = useTexts(RUN_ERROR_TEXTS);
  const { instant } = useFormats();
  // An approval of its own says what it would remove.
  const error = run.state === 'awaiting_approval' ? null : run.error;
  return (
    <Stack component="li" gap={4} p="md" className={classes['row'] ?? ''}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Text fw={600}>{`${instant(run.createdAt)} · ${texts.modes[run.mode]}`}</Text>
        <ToneBadge tone={TONES[run.state]}>{texts.states[run.state]}</ToneBadge>
      </Group>
      {error !== null && (
        <Text size="sm" className={classes['long'] ?? ''}>
          {wordFor(errors, error.code) ?? error.message}
        </Text>
      )}
      {isOpen(run) ? <RunProgress runId={run.id} /> : <Outcome run={run} isNewest={isNewest} />}
    </Stack>
  );
}

function Outcome({ run, isNewest }: { run: SyncRun; isNewest: boolean }) {
  const texts = useTexts(SYNC_TEXTS);
  const { number } = useFormats();
  const duration = useDuration();
  const [showsProblems, setShowsProblems] = useState(false);
  const { counts, startedAt, finishedAt } = run;
  const seconds =
    startedAt === null || finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const facts = [
    texts.triggers[run.trigger],
    texts.counts.read(number(counts.read)),
    ...(['created', 'updated', 'removed', 'missing'] as const)
      .filter((what) => counts[what] > 0)
      .map((what) => texts.counts[what](number(counts[what]))),
    seconds === null ? undefined : texts.took(duration(seconds)),
  ].filter((fact) => fact !== undefined);
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" c="dimmed">
        {facts.join(' · ')}
      </Text>
      <Group gap="xs">
        {counts.problems > 0 && (
          <Button size="xs" variant="default" onClick={() => setShowsProblems(true)}>
            {texts.problems(number(counts.problems))}
          </Button>
        )}
        {isNewest && run.state === 'awaiting_approval' && <ApproveRun run={run} />}
      </Group>
      <RunProblems runId={run.id} opened={showsProblems} onClose={() => setShowsProblems(false)} />
    </Group>
  );
}
