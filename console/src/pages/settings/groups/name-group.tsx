import { TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTexts } from '../../../language/language-context';
import { useSession } from '../../../session/session-context';
import { SettingsGroup } from '../form/group';
import { SettingsForm } from '../form/settings-form';
import { Stored } from '../form/stored';
import { useSettingsForm } from '../form/use-settings-form';
import { changeSettings, type Settings } from '../settings-query';
import { CONNECTOR_TEXTS } from '../texts/connector-texts';

const HISTORY = { actions: ['connector.changed'], details: ['name'] };

export function NameGroup({ settings }: { settings: UseQueryResult<Settings> }) {
  const { name: texts } = useTexts(CONNECTOR_TEXTS);
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={settings}>{(stored) => <NameForm stored={stored} />}</Stored>
    </SettingsGroup>
  );
}

function NameForm({ stored: { name } }: { stored: Settings }) {
  const { name: texts } = useTexts(CONNECTOR_TEXTS);
  const { connectorId } = useSession();
  const { draft, errors, form } = useSettingsForm({
    name: texts.title,
    stored: { name },
    queryKey: ['settings'],
    send: ({ changes }) => changeSettings(connectorId, changes),
  });
  return (
    <SettingsForm {...form} isField={(field) => field === 'name'}>
      <TextInput
        label={texts.label}
        description={texts.hint}
        value={draft.value.name}
        error={errors['name']}
        onChange={({ currentTarget }) => draft.change({ name: currentTarget.value })}
      />
    </SettingsForm>
  );
}
