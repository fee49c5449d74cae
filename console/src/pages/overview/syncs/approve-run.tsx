import { Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../../api/client';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import classes from '../overview.module.css';
import { goToSection } from '../section';
import { OVERVIEW_TEXTS } from '../texts';
import type { SyncRun } from '../types';
import { SYNC_TEXTS } from './sync-texts';

const NAMED = 10;

/** Removing the users whom a run did not find: says whom, and asks back. */
export function ApproveRun({ run }: { run: SyncRun }) {
  const texts = useTexts(SYNC_TEXTS);
  const { users } = useTexts(OVERVIEW_TEXTS);
  const { number } = useFormats();
  const { path } = useConnectorPath();
  const queries = useQueryClient();
  const [isOpened, setOpened] = useState(false);
  const missing = users(run.counts.missing, number(run.counts.missing));
  const approve = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/v1/connectors/{connectorId}/sync-runs/{runId}/approve', {
          params: { path: { ...path, runId: run.id } },
        }),
      ),
    onSuccess: async () => {
      setOpened(false);
      await queries.invalidateQueries();
      // The button that opened this is gone.
      goToSection('syncs');
    },
  });
  return (
    <>
      <Button size="xs" color="red" variant="outline" onClick={() => setOpened(true)}>
        {texts.approve(missing)}
      </Button>
      <Modal
        opened={isOpened}
        onClose={() => setOpened(false)}
        title={texts.approveTitle}
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        <Stack>
          <Text>{texts.approveWhat(missing)}</Text>
          <Missing />
          {approve.error !== null && <ProblemAlert error={approve.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpened(false)} data-autofocus>
              {texts.cancel}
            </Button>
            <Button color="red" loading={approve.isPending} onClick={() => approve.mutate()}>
              {texts.approveDo(missing)}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function Missing() {
  const texts = useTexts(SYNC_TEXTS);
  const params = useConnectorPath();
  const { data } = useQuery({
    queryKey: ['users', { missing: 'true', limit: NAMED }],
    queryFn: () =>
      answer(
        api.GET('/v1/connectors/{connectorId}/users', {
          params: { ...params, query: { missing: 'true', limit: NAMED } },
        }),
      ),
  });
  if (data === undefined) return null;
  // A read that cannot be believed marks nobody.
  if (data.items.length === 0) return <Text fw={600}>{texts.approveUnknown}</Text>;
  return (
    <div>
      <Text size="sm">{texts.approveList}</Text>
      <List size="sm" className={classes['long'] ?? ''}>
        {data.items.map(({ email }) => (
          <List.Item key={email}>{email}</List.Item>
        ))}
      </List>
      {data.nextCursor !== null && (
        <Anchor size="sm" href="#/users?missing=true" underline="always">
          {texts.approveAll}
        </Anchor>
      )}
    </div>
  );
}
