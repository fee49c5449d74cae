import { Alert, Button, Code, List, Stack, Text } from '@mantine/core';
import { ApiError } from '../api/problem';
import { PROBLEM_TEXTS } from '../api/problem-texts';
import { sayProblem } from '../api/say-problem';
import { useTexts } from '../language/language-context';
import { SHELL_TEXTS } from './texts';

/** What went wrong, in words, with the fields that are meant and the number by which an operator finds it. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const texts = useTexts(SHELL_TEXTS);
  const words = useTexts(PROBLEM_TEXTS);
  const problem = error instanceof ApiError ? error.problem : undefined;
  return (
    <Alert color="red" title={texts.somethingWrong} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{sayProblem(error, words)}</Text>
        {problem?.errors !== undefined && problem.errors.length > 0 && (
          <List size="sm">
            {problem.errors.map(({ field, rule }) => (
              <List.Item key={`${field} ${rule}`}>
                <Code>{field}</Code> {rule}
              </List.Item>
            ))}
          </List>
        )}
        {problem?.requestId !== undefined && (
          <Text size="xs" c="dimmed">
            {problem.requestId}
          </Text>
        )}
        {onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {texts.tryAgain}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
