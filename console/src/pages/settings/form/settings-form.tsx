import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../../../language/language-context';
import { FORM_TEXTS } from '../texts/form-texts';
import { SaveProblem } from './save-problem';

interface SettingsFormProps {
  isDirty: boolean;
  save: { isPending: boolean; isSuccess: boolean; error: Error | null };
  /** What was typed cannot be sent: focus goes to the first field that says so. */
  hasFaults?: boolean;
  /** Fields whose errors are shown beside them. */
  isField: (field: string) => boolean;
  onSubmit: () => void;
  onDiscard: () => void;
  children: ReactNode;
}

/** Saves all of a group at once, says how it went, and keeps what was typed when it went wrong. */
export function SettingsForm(props: SettingsFormProps) {
  const { isDirty, save, hasFaults = false, isField, onSubmit, onDiscard, children } = props;
  const texts = useTexts(FORM_TEXTS);
  const [isIdle, setIdle] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const saveButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (save.error !== null || hasFaults) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error, hasFaults]);
  const note = isDirty ? '' : isIdle ? texts.nothingToSave : save.isSuccess ? texts.saved : '';
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (save.isPending) return;
        setIdle(!isDirty);
        if (isDirty) onSubmit();
      }}
    >
      <Stack gap="md">
        {children}
        {save.error !== null && <SaveProblem error={save.error} isField={isField} />}
        <Group gap="sm">
          <Button type="submit" loading={save.isPending} ref={saveButton}>
            {texts.save}
          </Button>
          {isDirty && (
            <Button
              variant="default"
              onClick={() => {
                onDiscard();
                saveButton.current?.focus();
              }}
            >
              {texts.discard}
            </Button>
          )}
          <Text size="sm" role="status">
            {note}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
