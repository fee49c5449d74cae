import { Checkbox, NumberInput, Stack } from '@mantine/core';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import type { Draft } from '../form/use-draft';
import { CONNECTOR_TEXTS } from '../texts/connector-texts';
import type { SyncDraft } from './sync-draft';

interface LimitFieldProps {
  draft: Draft<SyncDraft>;
  /** Percent. */
  standard: number;
  error: string | undefined;
}

/** How much a sync may remove without asking: the default, or a limit of its own. */
export function LimitField({ draft, standard, error }: LimitFieldProps) {
  const { sync: texts } = useTexts(CONNECTOR_TEXTS);
  const { number } = useFormats();
  const { hasOwnLimit, limit } = draft.value;
  return (
    <Stack gap="xs">
      <NumberInput
        label={texts.limit}
        description={texts.limitHint}
        value={limit}
        min={0}
        max={50}
        clampBehavior="none"
        disabled={!hasOwnLimit}
        error={error}
        inputWrapperOrder={['label', 'description', 'error', 'input']}
        onChange={(typed) => draft.change({ limit: typed })}
      />
      <Checkbox
        label={texts.useDefault(texts.percent(number(standard)))}
        checked={!hasOwnLimit}
        onChange={({ currentTarget }) => draft.change({ hasOwnLimit: !currentTarget.checked })}
      />
    </Stack>
  );
}
