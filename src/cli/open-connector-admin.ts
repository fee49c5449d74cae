import type { ConnectorsService } from '../connector/connectors.service';
import type { Disconnecting } from '../connector/disconnect.service';
import type { ServiceClients } from '../connector/service-clients.service';
import type { ReauthorizeLinks } from '../oauth/reauthorize-links';
import { openNest } from './open-nest';
import type { Session } from './session';

export interface ConnectorAdmin {
  connectors: ConnectorsService;
  links: ReauthorizeLinks;
  serviceClients: ServiceClients;
  disconnecting: Disconnecting;
}

/** What changes a whole connector, wired as in the program; loaded only for the commands that need it. */
export async function openConnectorAdmin<T>(session: Session, work: (admin: ConnectorAdmin) => Promise<T>): Promise<T> {
  const [modules, alerts, connectors, links, clients, disconnecting] = await Promise.all([
    import('../connector/connector-admin.module.js'),
    import('../alerts/alerts.module.js'),
    import('../connector/connectors.service.js'),
    import('../oauth/reauthorize-links.js'),
    import('../connector/service-clients.service.js'),
    import('../connector/disconnect.service.js'),
  ]);
  class AdminCommandModule {}
  const module = { module: AdminCommandModule, imports: [alerts.AlertsModule, modules.ConnectorAdminModule] };
  return openNest(session, module, (context) =>
    work({
      connectors: context.get(connectors.ConnectorsService, { strict: false }),
      links: context.get(links.ReauthorizeLinks, { strict: false }),
      serviceClients: context.get(clients.ServiceClients, { strict: false }),
      disconnecting: context.get(disconnecting.Disconnecting, { strict: false }),
    }),
  );
}
