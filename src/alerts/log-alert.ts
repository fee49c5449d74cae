import type { Provider } from '../oauth/provider';
import type { ReauthorizeLinks } from '../oauth/reauthorize-links';
import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import type { TaskHandler } from '../platform/queue/task-registry';
import type { AlertKind } from './alert-kinds';

type Line = [level: 'error' | 'warn' | 'info', message: string];

/** ERROR is for the one of them that nobody but a person can mend. */
const LINES: Record<AlertKind, Line> = {
  'grant.at_risk': ['warn', 'a grant is at risk'],
  'grant.dead': ['warn', 'a grant is dead'],
  'grant.switched': ['warn', 'another admin’s grant has taken over'],
  'connector.reauthorization_required': ['error', 'an admin must authorise again'],
  'connector.recovered': ['info', 'the connector works again'],
  'connector.disconnected': ['info', 'the connector is disconnected'],
  'target.certificate_expiring': ['warn', 'the certificate of a registration target is about to expire'],
};

interface AlertRow {
  kind: AlertKind;
  provider: Provider | null;
  grantId: string | null;
  reason: string | null;
  details: Record<string, unknown>;
  at: Date;
}

/** Tells the log of one alert. Twice only when the process dies between the line and the end of its job. */
export function logAlert(database: Database, links: ReauthorizeLinks, logger: Logger): TaskHandler {
  return async ({ connectorId, alertId }) => {
    const { rows } = await database.query<AlertRow>(
      'select kind, provider, grant_id as "grantId", reason, details, at from alerts where connector_id = $1 and alert_id = $2',
      [connectorId, alertId],
    );
    const [alert] = rows;
    // The connector was overtaken by another one meanwhile and is gone with all that it had.
    if (alert === undefined) return;
    const [level, message] = LINES[alert.kind];
    const { kind, provider, grantId, reason, details, at } = alert;
    const facts = {
      alert: kind,
      alertId,
      connectorId,
      provider,
      grantId,
      reason,
      since: at.toISOString(),
      ...(kind === 'target.certificate_expiring' ? { target: details['target'], daysLeft: details['daysLeft'] } : {}),
    };
    // The link lets nobody in who could not sign in at the provider as an admin of that account anyway.
    const link =
      kind === 'connector.reauthorization_required' && provider !== null
        ? { reauthorize: links.linkFor(String(connectorId), provider).url }
        : {};
    logger[level]({ ...facts, ...link }, message);
  };
}
