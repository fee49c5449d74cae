import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../language/language-context';
import { useConnector } from '../../session/connector';
import { useConnectorPath } from '../../session/session-context';
import { Page } from '../../shell/page';
import { ProblemAlert } from '../../shell/problem-alert';
import { SHELL_TEXTS } from '../../shell/texts';
import { Waiting } from '../../shell/waiting';
import { Notices } from './notices/notices';
import classes from './overview.module.css';
import { diagnosisQuery, runsQuery } from './queries';
import { StateCard } from './state/state-card';
import { tellState } from './state/tell-state';
import { UserFigures } from './users/user-figures';

// The answer to "does it work?" is there first.
const Details = lazy(() => import('./details'));

/** A standby that takes over, or an owner who has left, is seen soon. */
const CONNECTOR_MS = 10_000;

/** Whether the connector works, and if not, what to do. */
export function Overview() {
  const { pages } = useTexts(SHELL_TEXTS);
  const params = useConnectorPath();
  const { data: connector, error, refetch, dataUpdatedAt } = useConnector(CONNECTOR_MS);
  const isLinked = connector !== undefined && connector.state !== 'pending';
  const { data: runs } = useQuery({ ...runsQuery(params), enabled: isLinked });
  const { data: diagnosis } = useQuery({ ...diagnosisQuery(params), enabled: isLinked });
  return (
    <Page title={pages.overview}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {connector === undefined && error === null && <Waiting />}
      {connector !== undefined && (
        <Stack gap="xl" className={classes['page'] ?? ''}>
          <div className={classes['after']}>
            <StateCard told={tellState({ connector, runs, diagnosis: diagnosis?.items })} />
            <Notices connector={connector} now={dataUpdatedAt} />
          </div>
          {isLinked && (
            <div className={classes['parts']}>
              <UserFigures users={connector.users} />
              <Suspense fallback={<Waiting />}>
                <Details connector={connector} />
              </Suspense>
            </div>
          )}
        </Stack>
      )}
    </Page>
  );
}
