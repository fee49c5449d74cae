import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { Confirm } from '../../../shell/asking/confirm';
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
      void queries.invalidateQueries({ queryKey: ['user'] });
    },
  });
  const cancel = (): void => {
    close();
    takeOut.reset();
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.takeOut}
      </Button>
      <Confirm
        opened={isAsking}
        title={texts.takeOutTitle(name)}
        confirm={texts.takeOut}
        isBusy={takeOut.isPending}
        onConfirm={() => takeOut.mutate()}
        onCancel={cancel}
      >
        <Stack>
          <Text size="sm">{texts.takeOutWords}</Text>
          {takeOut.error !== null && <ProblemAlert error={takeOut.error} />}
        </Stack>
      </Confirm>
    </>
  );
}
