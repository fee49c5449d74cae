import { Alert, NativeSelect, TextInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import type { components } from '../../../api/schema';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { SettingsGroup } from '../form/group';
import { RowsEditor } from '../form/rows-editor';
import { SettingsForm } from '../form/settings-form';
import { Stored } from '../form/stored';
import { useSettingsForm } from '../form/use-settings-form';
import { ALERT_TEXTS } from '../texts/alert-texts';

type AlertSettings = components['schemas']['AlertSettingsDto'];

const HISTORY = { actions: ['alert_settings.changed'] };
const MAX_EMAILS = 20;

const alertSettingsQuery = (params: ReturnType<typeof useConnectorPath>) =>
  queryOptions({
    queryKey: ['alert-settings'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/alert-settings', { params })),
  });

export function AlertAddressesGroup() {
  const { addresses: texts } = useTexts(ALERT_TEXTS);
  const settings = useQuery(alertSettingsQuery(useConnectorPath()));
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={settings}>{(stored) => <AddressesForm stored={stored} />}</Stored>
    </SettingsGroup>
  );
}

function AddressesForm({ stored }: { stored: AlertSettings }) {
  const { addresses: texts } = useTexts(ALERT_TEXTS);
  const params = useConnectorPath();
  const { draft, errors, form } = useSettingsForm({
    name: texts.title,
    stored: { emails: stored.emails, language: stored.language },
    queryKey: ['alert-settings'],
    send: ({ value }) => answer(api.PUT('/v1/connectors/{connectorId}/alert-settings', { params, body: value })),
  });
  const standard = texts.languages[stored.defaultLanguage];
  return (
    <SettingsForm {...form} isField={(field) => /^emails\.\d+$/.test(field)}>
      {!stored.emailEnabled && <Alert color="orange">{texts.noMail}</Alert>}
      <RowsEditor
        label={texts.list}
        rows={draft.value.emails}
        empty=""
        max={MAX_EMAILS}
        texts={texts}
        onChange={(emails) => draft.change({ emails })}
      >
        {(email, index, change) => (
          <TextInput
            type="email"
            flex={1}
            aria-label={texts.address(index + 1)}
            placeholder="phones@example.com"
            value={email}
            error={errors[`emails.${index}`]}
            onChange={({ currentTarget }) => change(currentTarget.value)}
          />
        )}
      </RowsEditor>
      <NativeSelect
        label={texts.language}
        value={draft.value.language ?? ''}
        data={[
          { value: '', label: texts.standard(standard) },
          { value: 'en', label: texts.languages.en },
          { value: 'de', label: texts.languages.de },
        ]}
        onChange={({ currentTarget: { value } }) =>
          draft.change({ language: value === 'en' || value === 'de' ? value : null })
        }
      />
    </SettingsForm>
  );
}
