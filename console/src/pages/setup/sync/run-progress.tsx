import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { SYNC_TEXTS } from './texts';
import { isOpen, type Run } from './use-first-run';

const COUNTS = ['read', 'created', 'updated', 'unchanged', 'problems'] as const;

/** How far a sync is, how fast, how long still; the phase is said aloud, the numbers are not, for they change each second. */
export function RunProgress({ run }: { run: Run }) {
  const texts = useTexts(SYNC_TEXTS);
  const { number } = useFormats();
  const { progress } = run;
  const phase =
    run.state === 'queued'
      ? texts.queued
      : isOpen(run)
        ? (texts.phases[progress?.phase ?? run.phase] ?? run.phase)
        : (texts.ended[run.state] ?? run.state);
  return (
    <Stack gap="xs">
      <Text fw={600} role="status">
        {phase}
      </Text>
      {isOpen(run) && (
        <>
          <Progress.Root size="lg">
            <Progress.Section value={shareOf(run)} animated striped aria-label={texts.progress} />
          </Progress.Root>
          {progress !== null && (
            <Group gap="md">
              <Text size="sm">
                {progress.expected === null
                  ? texts.read(number(progress.read))
                  : texts.ofAbout(number(progress.read), number(progress.expected))}
              </Text>
              {progress.usersPerSecond > 0 && (
                <Text size="sm">{texts.rate(number(Math.round(progress.usersPerSecond)))}</Text>
              )}
              {progress.secondsLeft !== null && <Text size="sm">{texts.left(progress.secondsLeft)}</Text>}
            </Group>
          )}
        </>
      )}
      <SimpleGrid cols={{ base: 2, sm: 5 }} component="dl" m={0}>
        {COUNTS.map((name) => (
          <div key={name}>
            <Text size="sm" component="dt">
              {texts.counts[name]}
            </Text>
            <Text size="xl" fw={700} component="dd" m={0}>
              {number(run.counts[name])}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

/** Of a phase, in per cent: a third of the way each would say nothing, for one phase takes most of the time. */
function shareOf({ progress }: Run): number {
  if (progress === null) return 0;
  if (progress.phase === 'removal' || progress.phase === 'done') return 100;
  if (progress.expected === null || progress.expected === 0) return 100;
  return Math.round((100 * progress.read) / progress.expected);
}
