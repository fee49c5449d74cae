import { Alert, Stack, Text } from '@mantine/core';
import { PROBLEM_TEXTS } from '../api/problem-texts';
import { sayProblem } from '../api/say-problem';
import { useTexts } from '../language/language-context';
import { failedArrival } from '../session/arrival-told';
import { arrivalProblem } from '../session/arrivals';
import { SHELL_TEXTS } from './texts';

/** That the sign-in from which this tab has just come back has failed, why, and what to do; until it is put away. */
export function ArrivalNotice() {
  const texts = useTexts(SHELL_TEXTS);
  const words = useTexts(PROBLEM_TEXTS);
  const arrival = failedArrival.useTold();
  if (arrival?.error === undefined) return null;
  return (
    <Alert
      color="red"
      mb="md"
      role="alert"
      title={texts.signInFailed(arrival.provider === undefined ? undefined : texts.providers[arrival.provider])}
      withCloseButton
      closeButtonLabel={texts.close}
      onClose={() => failedArrival.tell(undefined)}
    >
      <Stack gap="xs">
        <Text size="sm">{sayProblem(arrivalProblem(arrival.error), words)}</Text>
        {arrival.reference !== undefined && (
          <Text size="xs" c="dimmed">
            {texts.reference(arrival.reference)}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
