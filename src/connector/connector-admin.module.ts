import { Module } from '@nestjs/common';
import { Authorizations } from '../access/authorizations.service';
import { Alerts } from '../alerts/alerts';
import { CloudLinkApi } from '../cloudlink/cloudlink-api';
import { CloudLinkModule } from '../cloudlink/cloudlink.module';
import { ServiceClientsClient } from '../cloudlink/service-clients.client';
import { SubscriptionsClient } from '../cloudlink/subscriptions.client';
import { GrantStore } from '../oauth/grant.store';
import { GrantVault, type Endpoints } from '../oauth/grant-vault';
import { ENDPOINTS, OAuthModule } from '../oauth/oauth.module';
import { AuditLog } from '../platform/audit/audit-log';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { Queue } from '../platform/queue/queue';
import { CloudLinkTidying } from './cloudlink-tidying';
import { ConnectorAdminController } from './connector-admin.controller';
import { ConnectorModule } from './connector.module';
import { ConnectorRepository } from './connector.repository';
import { Disconnecting } from './disconnect.service';
import { ServiceClients } from './service-clients.service';

/** What an admin or operator does to a whole connector: links, service client, disconnect. */
@Module({
  imports: [ConnectorModule, OAuthModule, CloudLinkModule],
  controllers: [ConnectorAdminController],
  providers: [
    {
      provide: ServiceClients,
      useFactory: (
        database: Database,
        connectors: ConnectorRepository,
        grants: GrantStore,
        vault: GrantVault,
        endpoints: Endpoints,
        clients: ServiceClientsClient,
        cloudlink: CloudLinkApi,
        ciphers: ConnectorCiphers,
        audit: AuditLog,
        clock: Clock,
        logger: Logger,
      ) =>
        new ServiceClients(
          database,
          connectors,
          grants,
          vault,
          endpoints.cloudlink,
          clients,
          cloudlink,
          ciphers,
          audit,
          clock,
          logger,
        ),
      inject: [
        Database,
        ConnectorRepository,
        GrantStore,
        GrantVault,
        ENDPOINTS,
        ServiceClientsClient,
        CloudLinkApi,
        ConnectorCiphers,
        AuditLog,
        Clock,
        LOGGER,
      ],
    },
    {
      provide: CloudLinkTidying,
      useFactory: (
        vault: GrantVault,
        subscriptions: SubscriptionsClient,
        clients: ServiceClientsClient,
        ciphers: ConnectorCiphers,
        config: Config,
        logger: Logger,
      ) => new CloudLinkTidying(vault, subscriptions, clients, ciphers, config.publicUrl, logger),
      inject: [GrantVault, SubscriptionsClient, ServiceClientsClient, ConnectorCiphers, CONFIG, LOGGER],
    },
    {
      provide: Disconnecting,
      useFactory: (
        database: Database,
        connectors: ConnectorRepository,
        grants: GrantStore,
        vault: GrantVault,
        endpoints: Endpoints,
        tidying: CloudLinkTidying,
        ciphers: ConnectorCiphers,
        alerts: Alerts,
        authorizations: Authorizations,
        audit: AuditLog,
        queue: Queue,
        clock: Clock,
        logger: Logger,
      ) =>
        new Disconnecting(
          database,
          connectors,
          grants,
          vault,
          endpoints.zoom,
          tidying,
          ciphers,
          alerts,
          authorizations,
          audit,
          queue,
          clock,
          logger,
        ),
      inject: [
        Database,
        ConnectorRepository,
        GrantStore,
        GrantVault,
        ENDPOINTS,
        CloudLinkTidying,
        ConnectorCiphers,
        Alerts,
        Authorizations,
        AuditLog,
        Queue,
        Clock,
        LOGGER,
      ],
    },
  ],
  exports: [ServiceClients, Disconnecting],
})
export class ConnectorAdminModule {}
