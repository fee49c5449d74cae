import { describeAlert } from '../texts/texts';
import type { Message } from './pending-delivery';

/** What a receiver gets. State, grant and link are those of the moment of sending. */
export function webhookBody(message: Message): object {
  const { alert, connector, grant, reauthorize } = message;
  const facts = { ...alert, admin: grant?.admin ?? null, formerAdmin: message.formerAdmin, mustAct: message.mustAct };
  return {
    id: message.alertId,
    kind: alert.kind,
    at: alert.at.toISOString(),
    connector: {
      id: message.connectorId,
      name: connector.name,
      state: connector.state,
      zoomAccountId: connector.zoomAccountId,
      cloudlinkAccountId: connector.cloudlinkAccountId,
    },
    provider: alert.provider,
    grant,
    reason: alert.reason,
    text: { en: describeAlert(facts, 'en'), de: describeAlert(facts, 'de') },
    reauthorizeUrl: reauthorize?.url ?? null,
  };
}
