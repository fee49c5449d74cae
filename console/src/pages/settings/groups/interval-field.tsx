import { Checkbox, Group, NativeSelect, NumberInput, Stack } from '@mantine/core';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import type { Draft } from '../form/use-draft';
import { CONNECTOR_TEXTS } from '../texts/connector-texts';
import { sayInterval, type IntervalUnit } from './interval';
import type { SyncDraft } from './sync-draft';

const UNITS: readonly IntervalUnit[] = ['minutes', 'hours'];

interface IntervalFieldProps {
  draft: Draft<SyncDraft>;
  /** Seconds. */
  standard: number;
  error: string | undefined;
}

/** The time between two syncs: that of the deployment, or one of its own. */
export function IntervalField({ draft, standard, error }: IntervalFieldProps) {
  const { sync: texts } = useTexts(CONNECTOR_TEXTS);
  const { number } = useFormats();
  const { hasOwnInterval, interval } = draft.value;
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <NumberInput
          label={texts.interval}
          description={texts.intervalHint}
          value={interval.count}
          min={0}
          clampBehavior="none"
          disabled={!hasOwnInterval}
          error={error}
          inputWrapperOrder={['label', 'description', 'error', 'input']}
          onChange={(count) => draft.change({ interval: { ...interval, count } })}
          flex={1}
        />
        <NativeSelect
          aria-label={texts.unit}
          value={interval.unit}
          disabled={!hasOwnInterval}
          data={UNITS.map((unit) => ({ value: unit, label: texts.units[unit] }))}
          onChange={({ currentTarget }) =>
            draft.change({ interval: { ...interval, unit: currentTarget.value === 'hours' ? 'hours' : 'minutes' } })
          }
        />
      </Group>
      <Checkbox
        label={texts.useDefault(sayInterval(standard, texts, number))}
        checked={!hasOwnInterval}
        onChange={({ currentTarget }) => draft.change({ hasOwnInterval: !currentTarget.checked })}
      />
    </Stack>
  );
}
