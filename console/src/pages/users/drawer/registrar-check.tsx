import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { CheckOutcome } from './check-outcome';
import { CHECK_TEXTS } from './check-texts';
import { Section } from './section';

/** Asks the registrar itself, and says what it has said. */
export function RegistrarCheck({ user, onDone }: { user: string; onDone: () => void }) {
  const texts = useTexts(CHECK_TEXTS);
  const { connectorId } = useConnectorPath().path;
  const check = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/v1/connectors/{connectorId}/users/{user}/registrar-check', {
          params: { path: { connectorId, user } },
        }),
      ),
    // What was found may be the cause that the diagnosis names.
    onSuccess: onDone,
  });
  return (
    <Section title={texts.title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{texts.why}</Text>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          {texts.check}
        </Button>
        <Text size="sm" role="status">
          {check.isPending && texts.checking}
        </Text>
        {check.error !== null && <ProblemAlert error={check.error} />}
        {check.data !== undefined && !check.isPending && <CheckOutcome found={check.data} />}
      </Stack>
    </Section>
  );
}
