import { Switch } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import { useSession } from '../../../session/session-context';
import { Confirm } from '../../../shell/asking/confirm';
import { SettingsGroup } from '../form/group';
import { SettingsForm } from '../form/settings-form';
import { Stored } from '../form/stored';
import { useSettingsForm } from '../form/use-settings-form';
import { changeSettings, type Settings } from '../settings-query';
import { CONNECTOR_TEXTS } from '../texts/connector-texts';

const HISTORY = { actions: ['connector.changed'], details: ['mobileCalling'] };

export function MobileGroup({ settings }: { settings: UseQueryResult<Settings> }) {
  const { mobile: texts } = useTexts(CONNECTOR_TEXTS);
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={settings}>{(stored) => <MobileForm stored={stored} />}</Stored>
    </SettingsGroup>
  );
}

function MobileForm({ stored: { mobileCalling } }: { stored: Settings }) {
  const { mobile: texts } = useTexts(CONNECTOR_TEXTS);
  const { connectorId } = useSession();
  const [isAsking, setAsking] = useState(false);
  const { draft, form } = useSettingsForm({
    name: texts.title,
    stored: { mobileCalling },
    queryKey: ['settings'],
    send: ({ changes }) => changeSettings(connectorId, changes),
  });
  return (
    <>
      <SettingsForm
        {...form}
        isField={() => false}
        onSubmit={() => (draft.value.mobileCalling ? form.onSubmit() : setAsking(true))}
      >
        <Switch
          label={texts.label}
          checked={draft.value.mobileCalling}
          onChange={({ currentTarget }) => draft.change({ mobileCalling: currentTarget.checked })}
        />
      </SettingsForm>
      <Confirm
        opened={isAsking}
        title={texts.offTitle}
        confirm={texts.confirm}
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          form.onSubmit();
        }}
      >
        {texts.off}
      </Confirm>
    </>
  );
}
