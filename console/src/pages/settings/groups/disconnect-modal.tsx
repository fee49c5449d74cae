import { List, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { sessionQuery } from '../../../session/session';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Confirm } from '../../../shell/asking/confirm';
import { END_TEXTS } from '../texts/end-texts';

interface DisconnectModalProps {
  opened: boolean;
  /** What has to be typed. */
  word: string;
  onClose: () => void;
}

/** Says what ends, and takes a word that nobody types by accident. */
export function DisconnectModal({ opened, word, onClose }: DisconnectModalProps) {
  const { disconnect: texts } = useTexts(END_TEXTS);
  const params = useConnectorPath();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const disconnect = useMutation({
    mutationFn: () => answer(api.POST('/v1/connectors/{connectorId}/disconnect', { params })),
    onSuccess: async ({ finished }) => {
      notifications.show({ message: finished ? texts.done : texts.doneLater, autoClose: false });
      // The session has ended with the connector: on to the sign-in page.
      await queries.refetchQueries(sessionQuery);
    },
  });
  const close = (): void => {
    setTyped('');
    disconnect.reset();
    onClose();
  };
  return (
    <Confirm
      opened={opened}
      title={texts.modalTitle}
      confirm={texts.confirm}
      isBusy={disconnect.isPending}
      isDisabled={typed.trim() !== word}
      onCancel={close}
      onConfirm={() => disconnect.mutate()}
    >
      <Stack gap="sm">
        <List size="sm" spacing="xs">
          {texts.means.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
        <TextInput
          label={texts.type(word)}
          value={typed}
          autoComplete="off"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {disconnect.error !== null && <ProblemAlert error={disconnect.error} />}
      </Stack>
    </Confirm>
  );
}
