import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTexts } from '../../language/language-context';
import { ApiError } from '../../api/problem';
import { useUnsaved } from '../../shell/asking/unsaved';
import { ProblemAlert } from '../../shell/problem-alert';
import { ChooseFile } from './choose-file';
import { ImportOutcome } from './import-outcome';
import { ImportRunning } from './import-running';
import { Section } from './section';
import { ADD_TEXTS } from './texts';
import { useImport } from './use-import';

/** A file: chosen, looked at without changing anything, and applied when the person has seen what it would do. */
export function ImportFile() {
  const { file: texts } = useTexts(ADD_TEXTS);
  const importing = useImport();
  const { task, isRunning, isCancelled, result, error } = importing;
  useUnsaved(texts.title, isRunning && task?.name === 'apply');
  const check = (file: File): void => importing.begin({ name: 'check', file, skipInvalid: false });
  const hasFailed = error !== null || isCancelled;
  return (
    <Section title={texts.title} purpose={texts.purpose}>
      <ChooseFile isOther={task !== undefined} isBusy={isRunning} onChoose={check} />
      {task !== undefined && (
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {texts.chosen(task.file.name)}
        </Text>
      )}
      {isRunning && task !== undefined && (
        <ImportRunning task={task} progress={importing.progress} onCancel={importing.cancel} />
      )}
      {!isRunning && hasFailed && task !== undefined && (
        <Stack gap="sm" align="flex-start">
          {error === null ? (
            <Text size="sm" role="status">
              {task.name === 'apply' ? texts.cancelledApply : texts.cancelled}
            </Text>
          ) : error instanceof ApiError && error.code === 'file_changed' ? (
            <Alert color="red" role="alert">
              {texts.changed}
            </Alert>
          ) : (
            <ProblemAlert error={error} />
          )}
          <Button variant="default" onClick={() => check(task.file)}>
            {texts.again}
          </Button>
        </Stack>
      )}
      {!isRunning && !hasFailed && task !== undefined && result !== undefined && (
        <ImportOutcome
          file={task.file}
          result={result}
          onApply={(skipInvalid) => importing.begin({ name: 'apply', file: task.file, skipInvalid })}
        />
      )}
    </Section>
  );
}
