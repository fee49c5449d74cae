import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answer, api } from '../../../api/client';
import { useLanguage, useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { fieldErrors } from '../form/field-errors';
import { SecretModal } from '../form/secret-modal';
import { useUnsaved } from '../../../shell/asking/unsaved';
import { useAction } from '../form/use-action';
import { ALERT_TEXTS } from '../texts/alert-texts';

/** Adds a webhook, and shows its secret this once: also that of the last one for which there is room. */
export function NewWebhookForm({ isFull }: { isFull: boolean }) {
  const { webhooks: texts } = useTexts(ALERT_TEXTS);
  const { language } = useLanguage();
  const params = useConnectorPath();
  const [url, setUrl] = useState('');
  const add = useAction(
    (wanted: string) =>
      answer(api.POST('/v1/connectors/{connectorId}/alert-webhooks', { params, body: { url: wanted } })),
    ['alert-webhooks'],
  );
  const fault = fieldErrors(add.error, language)['url'];
  useUnsaved(texts.title, !isFull && url !== '');
  return (
    <>
      {!isFull && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate(url.trim(), { onSuccess: () => setUrl('') });
          }}
        >
          <Stack gap="sm">
            <TextInput
              type="url"
              label={texts.url}
              description={texts.hint}
              placeholder="https://hooks.example.com/connector"
              value={url}
              error={fault}
              onChange={({ currentTarget }) => setUrl(currentTarget.value)}
            />
            {add.error !== null && fault === undefined && <ProblemAlert error={add.error} />}
            <Group>
              <Button type="submit" loading={add.isPending}>
                {texts.add}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      <SecretModal secret={add.data?.secret} title={texts.secretTitle} label={texts.secret} onClose={() => add.reset()}>
        {texts.secretText}
      </SecretModal>
    </>
  );
}
