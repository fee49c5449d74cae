import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Alerts } from '../alerts/alerts';
import { AuthorisationListener } from '../oauth/authorisation-listener';
import { GrantListener } from '../oauth/grant-listener';
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
import { GrantSuccession } from './grant-succession';
import { StateSettling } from './state-settling';

/** Global, because the layer below (oauth) reports to it through the ports AuthorisationListener and GrantListener. */
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
      provide: StateSettling,
      useFactory: (connectors: ConnectorRepository, grants: GrantStore, alerts: Alerts, queue: Queue, clock: Clock) =>
        new StateSettling(connectors, grants, alerts, queue, clock),
      inject: [ConnectorRepository, GrantStore, Alerts, Queue, Clock],
    },
    {
      provide: GrantSuccession,
      useFactory: (
        connectors: ConnectorRepository,
        grants: GrantStore,
        settling: StateSettling,
        alerts: Alerts,
        audit: AuditLog,
        queue: Queue,
        clock: Clock,
      ) => new GrantSuccession(connectors, grants, settling, alerts, audit, queue, clock),
      inject: [ConnectorRepository, GrantStore, StateSettling, Alerts, AuditLog, Queue, Clock],
    },
    { provide: GrantListener, useExisting: GrantSuccession },
    {
      provide: AuthorisationListener,
      useFactory: (
        database: Database,
        connectors: ConnectorRepository,
        grants: GrantStore,
        ciphers: ConnectorCiphers,
        succession: GrantSuccession,
        settling: StateSettling,
        audit: AuditLog,
        clock: Clock,
        logger: Logger,
      ) => new ConnectorLinking(database, connectors, grants, ciphers, succession, settling, audit, clock, logger),
      inject: [
        Database,
        ConnectorRepository,
        GrantStore,
        ConnectorCiphers,
        GrantSuccession,
        StateSettling,
        AuditLog,
        Clock,
        LOGGER,
      ],
    },
  ],
  exports: [ConnectorsService, ConnectorRepository, AuthorisationListener, GrantListener, GrantStore],
})
export class ConnectorModule {}
