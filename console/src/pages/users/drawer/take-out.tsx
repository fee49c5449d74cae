import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { DRAWER_TEXTS } from './texts';

interface TakeOutProps {
  email: string;
  name: string;
  onDone: () => void;
}

/** Takes a chosen user out, after a second thought. */
export function TakeOut({ email, name, onDone }: TakeOutProps) {
  const texts = useTexts(DRAWER_TEXTS);
  const { connectorId } = useConnectorPath().path;
  const queries = useQueryClient();
  const [isAsking, { open, close }] = useDisclosure();
  const takeOut = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/v1/connectors/{connectorId}/users/{user}', { params: { path: { connectorId, user: email } } }),
      ),
    onSuccess: () => {
      close();
      onDone();
      void queries.invalidateQueries({ queryKey: ['users'] });
      void queries.invalidateQueries({ queryKey: ['user'] });
    },
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.takeOut}
      </Button>
      <Modal opened={isAsking} onClose={close} title={texts.takeOutTitle(name)} centered>
        <Stack>
          <Text size="sm">{texts.takeOutWords}</Text>
          {takeOut.error !== null && <ProblemAlert error={takeOut.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {texts.cancel}
            </Button>
            <Button color="red" loading={takeOut.isPending} onClick={() => takeOut.mutate()}>
              {texts.takeOut}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
