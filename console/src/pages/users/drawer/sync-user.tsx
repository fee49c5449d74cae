import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { readUserAnew } from './read-user-anew';
import { DRAWER_TEXTS } from './texts';

/** Has one user read at Zoom and CloudLink, and says when that is done. */
export function SyncUser({ user, onDone }: { user: string; onDone: () => void }) {
  const texts = useTexts(DRAWER_TEXTS);
  const connector = useConnectorPath();
  const sync = useMutation({ mutationFn: () => readUserAnew(connector, user), onSuccess: onDone });
  const words = sync.isPending ? texts.syncing : sync.data === 'done' ? texts.synced : texts.syncLong;
  return (
    <Stack gap={4} align="flex-start">
      <Button variant="default" loading={sync.isPending} onClick={() => sync.mutate()}>
        {texts.sync}
      </Button>
      <Text size="sm" role="status">
        {(sync.isPending || sync.data !== undefined) && words}
      </Text>
      {sync.error !== null && <ProblemAlert error={sync.error} />}
    </Stack>
  );
}
