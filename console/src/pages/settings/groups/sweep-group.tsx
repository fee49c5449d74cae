import { NumberInput, Switch, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import type { components } from '../../../api/schema';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { SettingsGroup } from '../form/group';
import { SettingsForm } from '../form/settings-form';
import { Stored } from '../form/stored';
import { useSettingsForm } from '../form/use-settings-form';
import { DEVICE_TEXTS } from '../texts/device-texts';

type Sweep = components['schemas']['SweepDto'];

interface SweepDraft {
  enabled: boolean;
  /** What was typed; may be no number. */
  perMinute: number | string;
}

const toDraft = ({ enabled, perMinute }: Sweep): SweepDraft => ({ enabled, perMinute });

const HISTORY = { actions: ['registrar_sweep.changed'] };

const sweepQuery = (params: ReturnType<typeof useConnectorPath>) =>
  queryOptions({
    queryKey: ['registrar-sweep'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/registrar-sweep', { params })),
  });

export function SweepGroup() {
  const { sweep: texts } = useTexts(DEVICE_TEXTS);
  const sweep = useQuery(sweepQuery(useConnectorPath()));
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={sweep}>{(stored) => <SweepForm stored={stored} />}</Stored>
    </SettingsGroup>
  );
}

function SweepForm({ stored }: { stored: Sweep }) {
  const { sweep: texts } = useTexts(DEVICE_TEXTS);
  const { relative } = useFormats();
  const params = useConnectorPath();
  const { draft, errors, form } = useSettingsForm({
    name: texts.title,
    stored: toDraft(stored),
    queryKey: ['registrar-sweep'],
    send: ({ value }) =>
      answer(
        api.PUT('/v1/connectors/{connectorId}/registrar-sweep', {
          params,
          // What is no number is refused there, with the field named.
          body: { enabled: value.enabled, perMinute: Number(value.perMinute) },
        }),
      ),
  });
  const progress =
    stored.roundStartedAt !== null
      ? texts.running(relative(stored.roundStartedAt))
      : stored.roundEndedAt !== null
        ? texts.ended(relative(stored.roundEndedAt))
        : undefined;
  return (
    <SettingsForm {...form} isField={(field) => field === 'perMinute'}>
      <Switch
        label={texts.label}
        checked={draft.value.enabled}
        onChange={({ currentTarget }) => draft.change({ enabled: currentTarget.checked })}
      />
      <NumberInput
        label={texts.perMinute}
        description={texts.perMinuteHint}
        value={draft.value.perMinute}
        min={1}
        clampBehavior="none"
        error={errors['perMinute']}
        inputWrapperOrder={['label', 'description', 'error', 'input']}
        onChange={(perMinute) => draft.change({ perMinute })}
      />
      {progress !== undefined && <Text size="sm">{progress}</Text>}
    </SettingsForm>
  );
}
