import { Module } from '@nestjs/common';
import { CloudLinkWebhooksModule } from '../../cloudlink/webhooks/cloudlink-webhooks.module';
import { GrantVault } from '../../oauth/grant-vault';
import { GrantWatch } from '../../oauth/grant-watch';
import { OAuthModule } from '../../oauth/oauth.module';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { TaskRegistry } from '../../platform/queue/task-registry';
import { WebhookDeliveries } from '../../platform/webhooks/webhook-deliveries';
import { WebhookDeliveriesModule } from '../../platform/webhooks/webhook-deliveries.module';
import { ZoomApi } from '../../zoom/zoom-api';
import { ZoomModule } from '../../zoom/zoom.module';
import { ZoomWebhooksModule } from '../../zoom/webhooks/zoom-webhooks.module';
import { SyncedConnectorRepository } from '../synced-connector.repository';
import { CloudLinkEventTask } from './cloudlink-event.task';
import { composeFollowZoomUser } from './compose-follow-zoom-user';
import { FollowZoomUser } from './follow-zoom-user';
import { GiveUpHint } from './give-up-hint';
import { HintedConnectorRepository } from './hinted-connector.repository';
import { ZoomEventTask } from './zoom-event.task';

/** What providers tell between two syncs: the addresses they tell it to, and the work that follows. */
@Module({
  imports: [WebhookDeliveriesModule, ZoomWebhooksModule, CloudLinkWebhooksModule, OAuthModule, ZoomModule],
  providers: [
    {
      provide: FollowZoomUser,
      useFactory: (database: Database, grants: GrantVault, zoom: ZoomApi, clock: Clock) =>
        composeFollowZoomUser({ database, grants, zoom, clock }),
      inject: [Database, GrantVault, ZoomApi, Clock],
    },
    {
      provide: ZoomEventTask,
      useFactory: (
        tasks: TaskRegistry,
        database: Database,
        deliveries: WebhookDeliveries,
        grantWatch: GrantWatch,
        users: FollowZoomUser,
        logger: Logger,
      ) =>
        new ZoomEventTask(
          tasks,
          database,
          deliveries,
          new HintedConnectorRepository(),
          grantWatch,
          users,
          new GiveUpHint(database, new SyncedConnectorRepository(), logger),
          logger,
        ),
      inject: [TaskRegistry, Database, WebhookDeliveries, GrantWatch, FollowZoomUser, LOGGER],
    },
    {
      provide: CloudLinkEventTask,
      useFactory: (
        tasks: TaskRegistry,
        database: Database,
        deliveries: WebhookDeliveries,
        grantWatch: GrantWatch,
        logger: Logger,
      ) =>
        new CloudLinkEventTask(
          tasks,
          database,
          deliveries,
          new HintedConnectorRepository(),
          new SyncedConnectorRepository(),
          grantWatch,
          logger,
        ),
      inject: [TaskRegistry, Database, WebhookDeliveries, GrantWatch, LOGGER],
    },
  ],
})
export class SyncEventsModule {}
