import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Alerts } from '../alerts/alerts';
import { AuthorisationListener } from '../oauth/authorisation-listener';
import { GrantStore } from '../oauth/grant.store';
import { AuditLog } from '../platform/audit/audit-log';
import { Clock } from '../platform/clock/clock';
import { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { Queue } from '../platform/queue/queue';
import { Connector } from './connector.entity';
import { ConnectorLinking } from './connector-linking';
import { ConnectorRepository } from './connector.repository';
import { ConnectorsService } from './connectors.service';

/** Global, because the layer below (oauth) reports to it through the port AuthorisationListener. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Connector])],
  providers: [
    ConnectorsService,
    ConnectorRepository,
    {
      provide: GrantStore,
      useFactory: (database: Database, ciphers: ConnectorCiphers) => new GrantStore(database, ciphers),
      inject: [Database, ConnectorCiphers],
    },
    {
      provide: AuthorisationListener,
      useFactory: (
        database: Database,
        connectors: ConnectorRepository,
        grants: GrantStore,
        ciphers: ConnectorCiphers,
        audit: AuditLog,
        alerts: Alerts,
        queue: Queue,
        clock: Clock,
        logger: Logger,
      ) => new ConnectorLinking(database, connectors, grants, ciphers, audit, alerts, queue, clock, logger),
      inject: [Database, ConnectorRepository, GrantStore, ConnectorCiphers, AuditLog, Alerts, Queue, Clock, LOGGER],
    },
  ],
  exports: [ConnectorsService, ConnectorRepository, AuthorisationListener, GrantStore],
})
export class ConnectorModule {}
