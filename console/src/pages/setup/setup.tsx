import { useEffect } from 'react';
import { useLocation, useParams } from 'wouter';
import { useTexts } from '../../language/language-context';
import { useConnector } from '../../session/connector';
import { Page } from '../../shell/page';
import { ProblemAlert } from '../../shell/problem-alert';
import { SHELL_TEXTS } from '../../shell/texts';
import { Waiting } from '../../shell/waiting';
import { CheckStep } from './check/check-step';
import { ConnectStep } from './connect/connect-step';
import { DoneStep } from './done/done-step';
import { SetupFrame } from './setup-frame';
import { stepOf } from './setup-step';
import { SyncStep } from './sync/sync-step';

/** While a side is missing somebody else may bring it, in another browser; while a sync runs its numbers grow. */
const LOOK_MS = 3_000;

/** The set-up from the first sign-in to the first sync. It keeps nothing: where it stands is read from the connector. */
export default function Setup() {
  const { pages } = useTexts(SHELL_TEXTS);
  const { step: wanted } = useParams<{ step?: string }>();
  const [, navigate] = useLocation();
  const { data: connector, error, refetch } = useConnector(LOOK_MS);
  const isBeforeConnecting = connector !== undefined && stepOf(connector, wanted) === 'connect' && wanted !== 'connect';
  useEffect(() => {
    // Where the way leads next: also for a tab that goes to a provider itself and comes back.
    if (isBeforeConnecting) navigate('/setup/check', { replace: true });
  }, [isBeforeConnecting, navigate]);
  return (
    <Page title={pages.setup}>
      {connector === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <SetupFrame connector={connector} step={stepOf(connector, wanted)}>
          {
            {
              connect: <ConnectStep connector={connector} />,
              check: <CheckStep connector={connector} />,
              sync: <SyncStep connector={connector} />,
              done: <DoneStep connector={connector} />,
            }[stepOf(connector, wanted)]
          }
        </SetupFrame>
      )}
    </Page>
  );
}
