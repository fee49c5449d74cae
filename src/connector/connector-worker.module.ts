import { Module } from '@nestjs/common';
import { CloudLinkModule } from '../cloudlink/cloudlink.module';
import { SubscriptionsClient } from '../cloudlink/subscriptions.client';
import { GrantVault } from '../oauth/grant-vault';
import { OAuthModule } from '../oauth/oauth.module';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { Queue } from '../platform/queue/queue';
import { TaskRegistry } from '../platform/queue/task-registry';
import { CloudLinkWatch } from './cloudlink-watch';
import { ConnectorAdminModule } from './connector-admin.module';
import { DisconnectJobs } from './disconnect-jobs';
import { Disconnecting } from './disconnect.service';

/** The work on connectors that nobody waits for. Any number of processes may hold it. */
@Module({
  imports: [ConnectorAdminModule, OAuthModule, CloudLinkModule],
  providers: [
    {
      provide: CloudLinkWatch,
      useFactory: (
        database: Database,
        vault: GrantVault,
        subscriptions: SubscriptionsClient,
        ciphers: ConnectorCiphers,
        queue: Queue,
        tasks: TaskRegistry,
        clock: Clock,
        config: Config,
      ) => new CloudLinkWatch(database, vault, subscriptions, ciphers, queue, tasks, clock, config.publicUrl),
      inject: [Database, GrantVault, SubscriptionsClient, ConnectorCiphers, Queue, TaskRegistry, Clock, CONFIG],
    },
    {
      provide: DisconnectJobs,
      useFactory: (
        database: Database,
        disconnecting: Disconnecting,
        tasks: TaskRegistry,
        clock: Clock,
        config: Config,
        logger: Logger,
      ) => new DisconnectJobs(database, disconnecting, tasks, clock, config.gracePeriodSeconds, logger),
      inject: [Database, Disconnecting, TaskRegistry, Clock, CONFIG, LOGGER],
    },
  ],
  exports: [CloudLinkWatch, DisconnectJobs],
})
export class ConnectorWorkerModule {}
