import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import type { ImportProgress } from './import-result';
import { ADD_TEXTS } from './texts';
import type { ImportTask } from './use-import';

interface ImportRunningProps {
  task: ImportTask;
  progress: ImportProgress;
  onCancel: () => void;
}

/** How far it is: how much has been sent, how much of it read, and how many users have been seen to. */
export function ImportRunning({ task, progress: { sent, lines, users }, onCancel }: ImportRunningProps) {
  const { file: texts } = useTexts(ADD_TEXTS);
  const { number, percent } = useFormats();
  const what = task.name === 'check' ? texts.checking : texts.applying;
  // Half of the way is the file, the other half its users.
  const share = users === 0 ? sent / 2 : 0.5 + Math.min(1, users / Math.max(1, lines)) / 2;
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {what}
      </Text>
      <Progress value={share * 100} aria-label={what} />
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {[texts.sent(percent(sent)), texts.linesRead(number(lines)), texts.usersSeen(number(users))].join(' · ')}
        </Text>
        <Button variant="default" size="xs" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </Group>
    </Stack>
  );
}
