import { Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from '../../../api/problem';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Waiting } from '../../../shell/waiting';
import { StatusCell } from '../grid/status-cell';
import { useLiveUsers } from '../live/live-context';
import { CredentialSection } from './credential-section';
import { DeviceSection } from './device-section';
import { DiagnosisSection } from './diagnosis-section';
import { HistorySection } from './history-section';
import { IdentitySection } from './identity-section';
import { RegistrarCheck } from './registrar-check';
import { SyncUser } from './sync-user';
import { TakeOut } from './take-out';
import { TargetSection } from './target-section';
import { DRAWER_TEXTS } from './texts';
import { useFollowUser } from './use-follow-user';
import { nameOf } from './user-detail';
import classes from './user-drawer.module.css';
import { userQuery } from './user-queries';

/** All that is known of a user, and what can be done. */
export function UserDetails({ user, onGone }: { user: string; onGone: () => void }) {
  const texts = useTexts(DRAWER_TEXTS);
  const { instant } = useFormats();
  const connector = useConnectorPath();
  const live = useLiveUsers();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(userQuery(connector, user));
  useFollowUser(user, data?.email);
  useEffect(() => {
    if (data !== undefined) live.learn(data.email, data);
  }, [data, live]);
  if (data === undefined) {
    if (error === null) return <Waiting />;
    if (error instanceof ApiError && error.problem.status === 404) return <Text role="status">{texts.gone}</Text>;
    return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  }
  const readAgain = (): void => void queries.invalidateQueries({ queryKey: ['user', user] });
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        <div aria-live="polite" className={classes['status']}>
          <StatusCell user={data} />
        </div>
        <Text size="sm">{texts.since(instant(data.since))}</Text>
      </Stack>
      {data.status !== 'removed' && (
        <Group gap="xs" align="flex-start">
          <SyncUser user={user} onDone={readAgain} />
          {data.membership === 'chosen' && <TakeOut email={data.email} name={nameOf(data)} onDone={onGone} />}
        </Group>
      )}
      <DiagnosisSection user={user} />
      <RegistrarCheck user={user} onDone={readAgain} />
      <DeviceSection registrations={data.registrations} />
      <IdentitySection user={data} />
      <CredentialSection user={data} />
      <TargetSection targets={data.credential.targets} />
      <HistorySection user={user} />
    </Stack>
  );
}
