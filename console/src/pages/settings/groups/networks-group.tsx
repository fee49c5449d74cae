import { Group, TextInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { SettingsGroup } from '../form/group';
import { RowsEditor } from '../form/rows-editor';
import { SettingsForm } from '../form/settings-form';
import { Stored } from '../form/stored';
import { useSettingsForm } from '../form/use-settings-form';
import { TELEPHONY_TEXTS } from '../texts/telephony-texts';

const HISTORY = { actions: ['networks.changed'] };
const MAX_NETWORKS = 500;

interface Networks {
  items: { cidr: string; site: string }[];
}

const networksQuery = (params: ReturnType<typeof useConnectorPath>) =>
  queryOptions({
    queryKey: ['networks'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/networks', { params })),
  });

export function NetworksGroup() {
  const { networks: texts } = useTexts(TELEPHONY_TEXTS);
  const networks = useQuery(networksQuery(useConnectorPath()));
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={networks}>{(stored) => <NetworksForm stored={stored} />}</Stored>
    </SettingsGroup>
  );
}

function NetworksForm({ stored }: { stored: Networks }) {
  const { networks: texts } = useTexts(TELEPHONY_TEXTS);
  const params = useConnectorPath();
  const { draft, errors, form } = useSettingsForm({
    name: texts.title,
    stored,
    queryKey: ['networks'],
    send: ({ value }) => answer(api.PUT('/v1/connectors/{connectorId}/networks', { params, body: value })),
  });
  return (
    <SettingsForm {...form} isField={(field) => /^items\.\d+\.(cidr|site)$/.test(field)}>
      <RowsEditor
        label={texts.title}
        rows={draft.value.items}
        empty={{ cidr: '', site: '' }}
        max={MAX_NETWORKS}
        texts={texts}
        onChange={(items) => draft.change({ items })}
      >
        {(row, index, change) => (
          <Group gap="xs" align="flex-start" flex={1} grow preventGrowOverflow={false}>
            <TextInput
              aria-label={texts.network(index + 1)}
              placeholder="10.20.0.0/16"
              value={row.cidr}
              error={errors[`items.${index}.cidr`]}
              onChange={({ currentTarget }) => change({ ...row, cidr: currentTarget.value })}
            />
            <TextInput
              aria-label={texts.site(index + 1)}
              placeholder={texts.everySite}
              value={row.site}
              error={errors[`items.${index}.site`]}
              onChange={({ currentTarget }) => change({ ...row, site: currentTarget.value })}
            />
          </Group>
        )}
      </RowsEditor>
    </SettingsForm>
  );
}
