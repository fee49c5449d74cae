import { Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { runQuery } from '../queries';
import { SYNC_TEXTS } from './sync-texts';
import { useDuration } from './use-duration';

/** How far an open run has come. */
export function RunProgress({ runId }: { runId: string }) {
  const texts = useTexts(SYNC_TEXTS);
  const { number } = useFormats();
  const duration = useDuration();
  const { data } = useQuery(runQuery(useConnectorPath(), runId));
  const progress = data?.progress ?? null;
  if (progress === null || data?.state === 'queued') return <Text size="sm">{texts.begins}</Text>;
  const { phase, read, expected, secondsLeft } = progress;
  const facts = [
    texts.phases[phase],
    texts.progress(number(read), expected === null ? null : number(expected)),
    secondsLeft === null ? undefined : texts.left(duration(secondsLeft)),
  ].filter((fact) => fact !== undefined);
  const isMeasured = expected !== null && expected > 0;
  return (
    <Stack gap={4}>
      <Text size="sm">{facts.join(' · ')}</Text>
      <Progress
        value={isMeasured ? (100 * read) / expected : 100}
        animated={!isMeasured}
        aria-label={texts.phases[phase]}
        {...(isMeasured ? {} : { 'aria-valuenow': undefined })}
      />
    </Stack>
  );
}
