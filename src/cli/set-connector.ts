import type { Connector } from '../connector/connector.entity';
import type { ConnectorSettings, ConnectorsService } from '../connector/connectors.service';
import type { AuditDetails, AuditLog } from '../platform/audit/audit-log';
import { operator } from './operator';

/** Changes settings and records which ones, from what to what. Setting what is set already is no change. */
export async function setConnector(
  connectors: ConnectorsService,
  audit: AuditLog,
  connectorId: string,
  settings: ConnectorSettings,
): Promise<Connector> {
  const before = await connectors.get(connectorId);
  const details: AuditDetails = {};
  for (const key of ['membership', 'name', 'removalLimitPercent'] as const) {
    const to = settings[key];
    if (to === undefined || to === before[key]) continue;
    details[key] = to;
    details[`${key}Before`] = before[key];
  }
  if (Object.keys(details).length === 0) return before;
  const after = await connectors.change(connectorId, settings);
  await audit.record({ connectorId: after.connectorId, ...operator(), action: 'connector.changed', details });
  return after;
}
