import type { Connector } from '../../session/connector';
import type { Preflight } from './check/use-preflight';
import type { SetupStep } from './setup-step';

/** Zoom's words for the way, and ours for what comes after. */
export type StepName = 'create' | 'connect' | 'roles' | 'check' | 'sync' | 'done';
export type StepState = 'done' | 'now' | 'attention' | 'later';

export interface DescribedStep {
  name: StepName;
  state: StepState;
  /** The part of `#/setup/…` that shows it; undefined: it is not reached, or there is nothing to see. */
  place: SetupStep | undefined;
}

/** The whole way as it looks from one step of it. Pure. */
export function describeSteps(
  connector: Pick<Connector, 'state' | 'syncedAt' | 'lastSync'>,
  now: SetupStep,
  preflight: Preflight | undefined,
): DescribedStep[] {
  const isConnected = connector.state === 'active';
  const isSynced = connector.syncedAt !== null;
  const roles = preflight?.items.filter(({ code }) => code === 'zoom_role' || code === 'cloudlink_role') ?? [];
  const isRoleMissing = roles.some(({ state }) => state === 'failed');
  const failed = preflight?.counts.failed ?? 0;
  const hasSyncFailed = !isSynced && connector.lastSync?.state === 'failed';
  const at = (step: SetupStep, otherwise: StepState): StepState => (now === step ? 'now' : otherwise);
  const reached = (step: SetupStep): SetupStep | undefined => (isConnected ? step : undefined);
  return [
    { name: 'create', state: 'done', place: undefined },
    { name: 'connect', state: at('connect', isConnected ? 'done' : 'later'), place: reached('connect') },
    // Nobody gets in without the role; the pre-flight looks again.
    { name: 'roles', state: isRoleMissing ? 'attention' : isConnected ? 'done' : 'later', place: undefined },
    {
      name: 'check',
      state: at('check', failed > 0 ? 'attention' : preflight !== undefined && isConnected ? 'done' : 'later'),
      place: reached('check'),
    },
    {
      name: 'sync',
      state: at('sync', isSynced ? 'done' : hasSyncFailed ? 'attention' : 'later'),
      place: reached('sync'),
    },
    { name: 'done', state: at('done', 'later'), place: isSynced ? reached('done') : undefined },
  ];
}
