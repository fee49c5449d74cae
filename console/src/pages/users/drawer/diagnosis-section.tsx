import { Alert, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Section } from './section';
import { DRAWER_TEXTS } from './texts';
import { diagnosisQuery } from './user-queries';

const COLOURS = { error: 'red', warning: 'orange', info: 'blue' } as const;

/** Why the user cannot be reached, and what an admin does about it. */
export function DiagnosisSection({ user }: { user: string }) {
  const texts = useTexts(DRAWER_TEXTS);
  const { instant } = useFormats();
  const { data, error, refetch } = useQuery(diagnosisQuery(useConnectorPath(), user));
  const found = data?.diagnosis;
  return (
    <Section title={texts.sections.diagnosis}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {found === null && <Text size="sm">{texts.nothingWrong}</Text>}
      {found !== null && found !== undefined && (
        <Alert color={COLOURS[found.severity]} title={`${texts.severities[found.severity]}: ${found.title}`}>
          <Stack gap="xs">
            {found.since !== null && <Text size="sm">{texts.since(instant(found.since))}</Text>}
            <List size="sm">
              {found.evidence.map((sentence) => (
                <List.Item key={sentence}>{sentence}</List.Item>
              ))}
            </List>
            <Text size="sm" fw={600}>
              {texts.nextStep}
            </Text>
            <Text size="sm">{found.nextStep}</Text>
          </Stack>
        </Alert>
      )}
    </Section>
  );
}
