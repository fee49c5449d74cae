import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../../../api/client';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import type { Provider } from '../../../session/authorise-state';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { OVERVIEW_TEXTS } from '../texts';
import { SIDE_TEXTS } from './side-texts';

interface StandbyLinkProps {
  provider: Provider;
  opened: boolean;
  onClose: () => void;
}

/** Makes the link by which a colleague becomes the reserve, to be sent to them. */
export function StandbyLink({ provider, opened, onClose }: StandbyLinkProps) {
  const texts = useTexts(SIDE_TEXTS);
  const { providers } = useTexts(OVERVIEW_TEXTS);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.standbyTitle(providers[provider])}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <NewLink provider={provider} />
    </Modal>
  );
}

function NewLink({ provider }: { provider: Provider }) {
  const texts = useTexts(SIDE_TEXTS);
  const { providers } = useTexts(OVERVIEW_TEXTS);
  const { instant } = useFormats();
  const params = useConnectorPath();
  const clipboard = useClipboard({ timeout: 4000 });
  const { data, error, mutate } = useMutation({
    mutationFn: () => answer(api.POST('/v1/connectors/{connectorId}/authorize-links', { params, body: { provider } })),
  });
  useEffect(() => mutate(), [mutate]);
  return (
    <Stack>
      <Text size="sm">{texts.standbyWhat(providers[provider])}</Text>
      {error !== null && <ProblemAlert error={error} onRetry={() => mutate()} />}
      <TextInput
        label={texts.link}
        readOnly
        value={data?.url ?? ''}
        placeholder={texts.makingLink}
        onFocus={(event) => event.currentTarget.select()}
        description={data === undefined ? undefined : texts.validUntil(instant(data.expiresAt))}
        inputWrapperOrder={['label', 'input', 'description']}
        data-autofocus
      />
      <Group justify="flex-end" aria-live="polite">
        {data !== undefined && (
          <Button onClick={() => clipboard.copy(data.url)}>{clipboard.copied ? texts.copied : texts.copy}</Button>
        )}
      </Group>
    </Stack>
  );
}
