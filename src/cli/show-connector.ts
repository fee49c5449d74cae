import type { Connector } from '../connector/connector.entity';
import { DEFAULT_REMOVAL_LIMIT_PERCENT } from '../connector/removal-limit';
import type { Config } from '../platform/config/config';
import type { Answer } from './command-line';

export type ShownConnector = ReturnType<typeof showConnector>;

/** A connector as the command line shows it, with what its settings come to. */
export const showConnector = (connector: Connector, config: Pick<Config, 'syncIntervalSeconds'>) => ({
  id: connector.connectorId,
  state: connector.state,
  zoomAccountId: connector.zoomAccountId,
  cloudlinkAccountId: connector.cloudlinkAccountId,
  membership: connector.membership,
  removalLimitPercent: connector.removalLimitPercent ?? DEFAULT_REMOVAL_LIMIT_PERCENT,
  syncIntervalSeconds: connector.syncIntervalSeconds ?? config.syncIntervalSeconds,
  mobileCalling: connector.mobileCalling,
  name: connector.name,
  stateReason: connector.stateReason,
  stateSince: connector.stateSince.toISOString(),
  deltaRefused: connector.deltaRefusedReason,
  createdAt: connector.createdAt.toISOString(),
});

export const describeConnector = (connector: ShownConnector): Answer => ({
  document: connector,
  text: Object.entries(connector)
    .map(([key, value]) => `${key.padEnd(20)}${value ?? ''}`.trimEnd())
    .join('\n'),
});
