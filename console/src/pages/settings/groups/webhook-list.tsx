import { Button, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { answer, api } from '../../../api/client';
import type { components } from '../../../api/schema';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Confirm } from '../../../shell/asking/confirm';
import { useAction } from '../form/use-action';
import { ALERT_TEXTS } from '../texts/alert-texts';

type Webhook = components['schemas']['AlertWebhookDto'];

/** Where alerts are posted to, each with the button that ends it. */
export function WebhookList({ webhooks }: { webhooks: readonly Webhook[] }) {
  const { webhooks: texts } = useTexts(ALERT_TEXTS);
  const { date } = useFormats();
  const { path } = useConnectorPath();
  const [going, setGoing] = useState<Webhook>();
  const note = useRef<HTMLParagraphElement>(null);
  const remove = useAction(
    (webhookId: string) =>
      answer(
        api.DELETE('/v1/connectors/{connectorId}/alert-webhooks/{webhookId}', {
          params: { path: { ...path, webhookId } },
        }),
      ),
    ['alert-webhooks'],
  );
  return (
    <Stack gap="xs">
      {/* Takes the focus after a removal: the button that had it is gone. */}
      <Text size="sm" role="status" ref={note} tabIndex={-1} style={{ outline: 'none' }}>
        {remove.isSuccess ? texts.removed : webhooks.length === 0 ? texts.none : ''}
      </Text>
      {webhooks.length > 0 && (
        <Stack component="ul" gap="xs" aria-label={texts.list} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {webhooks.map((webhook) => (
            <Group key={webhook.id} component="li" justify="space-between" wrap="nowrap">
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {webhook.url}{' '}
                <Text span size="xs" c="dimmed">
                  {texts.since(date(webhook.createdAt))}
                </Text>
              </Text>
              <Button
                variant="default"
                size="xs"
                flex="none"
                aria-label={texts.removeOf(webhook.url)}
                onClick={() => setGoing(webhook)}
              >
                {texts.remove}
              </Button>
            </Group>
          ))}
        </Stack>
      )}
      {remove.error !== null && <ProblemAlert error={remove.error} />}
      <Confirm
        opened={going !== undefined}
        title={texts.removeTitle}
        confirm={texts.remove}
        isBusy={remove.isPending}
        onCancel={() => setGoing(undefined)}
        onConfirm={() => {
          if (going === undefined) return;
          remove.mutate(going.id, {
            onSettled: () => {
              setGoing(undefined);
              note.current?.focus();
            },
          });
        }}
      >
        {texts.removeText(going?.url ?? '')}
      </Confirm>
    </Stack>
  );
}
