import { Anchor, Radio, Stack, Text } from '@mantine/core';
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

const HISTORY = { actions: ['connector.changed'], details: ['membership'] };

export function MembershipGroup({ settings }: { settings: UseQueryResult<Settings> }) {
  const { membership: texts } = useTexts(CONNECTOR_TEXTS);
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={settings}>{(stored) => <MembershipForm stored={stored} />}</Stored>
    </SettingsGroup>
  );
}

function MembershipForm({ stored: { membership } }: { stored: Settings }) {
  const { membership: texts } = useTexts(CONNECTOR_TEXTS);
  const { connectorId } = useSession();
  const [isAsking, setAsking] = useState(false);
  const { draft, form } = useSettingsForm({
    name: texts.title,
    stored: { membership },
    queryKey: ['settings'],
    send: ({ changes }) => changeSettings(connectorId, changes),
  });
  const isToChosen = draft.value.membership === 'chosen';
  return (
    <>
      <SettingsForm {...form} isField={() => false} onSubmit={() => setAsking(true)}>
        <Radio.Group
          aria-label={texts.title}
          value={draft.value.membership}
          onChange={(value) => draft.change({ membership: value === 'chosen' ? 'chosen' : 'automatic' })}
        >
          <Stack gap="sm">
            <Radio value="automatic" label={texts.automatic} description={texts.automaticMeans} />
            <Radio value="chosen" label={texts.chosen} description={texts.chosenMeans} />
          </Stack>
        </Radio.Group>
        <Anchor size="sm" href="#/add">
          {texts.addUsers}
        </Anchor>
      </SettingsForm>
      <Confirm
        opened={isAsking}
        title={isToChosen ? texts.toChosenTitle : texts.toAutomaticTitle}
        confirm={texts.confirm}
        isDangerous={isToChosen}
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          form.onSubmit();
        }}
      >
        <Text size="sm">{isToChosen ? texts.toChosen : texts.toAutomatic}</Text>
      </Confirm>
    </>
  );
}
