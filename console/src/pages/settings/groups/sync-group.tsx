import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import { useSession } from '../../../session/session-context';
import { SettingsGroup } from '../form/group';
import { SettingsForm } from '../form/settings-form';
import { Stored } from '../form/stored';
import { useSettingsForm } from '../form/use-settings-form';
import { changeSettings, type Settings } from '../settings-query';
import { CONNECTOR_TEXTS } from '../texts/connector-texts';
import { IntervalField } from './interval-field';
import { LimitField } from './limit-field';
import { draftOf, NO_FAULTS, readSync } from './sync-draft';

const HISTORY = { actions: ['connector.changed'], details: ['syncIntervalSeconds', 'removalLimitPercent'] };

export function SyncGroup({ settings }: { settings: UseQueryResult<Settings> }) {
  const { sync: texts } = useTexts(CONNECTOR_TEXTS);
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={settings}>{(stored) => <SyncForm stored={stored} />}</Stored>
    </SettingsGroup>
  );
}

function SyncForm({ stored }: { stored: Settings }) {
  const { sync: texts } = useTexts(CONNECTOR_TEXTS);
  const { connectorId } = useSession();
  const [faults, setFaults] = useState(NO_FAULTS);
  const { draft, errors, form } = useSettingsForm({
    name: texts.title,
    stored: draftOf(stored),
    queryKey: ['settings'],
    send: ({ value }) => {
      const read = readSync(value);
      return changeSettings(connectorId, 'change' in read ? read.change : {});
    },
  });
  const submit = (): void => {
    const read = readSync(draft.value);
    setFaults('faults' in read ? read.faults : NO_FAULTS);
    if ('change' in read) form.onSubmit();
  };
  return (
    <SettingsForm
      {...form}
      hasFaults={faults !== NO_FAULTS}
      isField={(field) => field === 'syncIntervalSeconds' || field === 'removalLimitPercent'}
      onSubmit={submit}
      onDiscard={() => {
        setFaults(NO_FAULTS);
        form.onDiscard();
      }}
    >
      <IntervalField
        draft={draft}
        standard={stored.defaults.syncIntervalSeconds}
        error={faults.interval ? texts.intervalRule : errors['syncIntervalSeconds']}
      />
      <LimitField
        draft={draft}
        standard={stored.defaults.removalLimitPercent}
        error={faults.limit ? texts.limitRule : errors['removalLimitPercent']}
      />
    </SettingsForm>
  );
}
