import { Stack } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { SettingsGroup } from '../form/group';
import { Stored } from '../form/stored';
import { ALERT_TEXTS } from '../texts/alert-texts';
import { NewWebhookForm } from './new-webhook-form';
import { WebhookList } from './webhook-list';

const HISTORY = { actions: ['alert_webhook.added', 'alert_webhook.removed'] };
const MAX_WEBHOOKS = 10;

const webhooksQuery = (params: ReturnType<typeof useConnectorPath>) =>
  queryOptions({
    queryKey: ['alert-webhooks'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/alert-webhooks', { params })),
  });

export function WebhooksGroup() {
  const { webhooks: texts } = useTexts(ALERT_TEXTS);
  const webhooks = useQuery(webhooksQuery(useConnectorPath()));
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={webhooks}>
        {({ items }) => (
          <Stack gap="md">
            <WebhookList webhooks={items} />
            <NewWebhookForm isFull={items.length >= MAX_WEBHOOKS} />
          </Stack>
        )}
      </Stored>
    </SettingsGroup>
  );
}
