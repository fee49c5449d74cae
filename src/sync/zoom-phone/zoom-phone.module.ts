import { Module } from '@nestjs/common';
import { GrantVault } from '../../oauth/grant-vault';
import { OAuthModule } from '../../oauth/oauth.module';
import type { Config } from '../../platform/config/config';
import { CONFIG } from '../../platform/config/config.token';
import { Database } from '../../platform/database/database';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { TaskRegistry } from '../../platform/queue/task-registry';
import { TasksModule } from '../../platform/queue/tasks.module';
import { ZoomModule } from '../../zoom/zoom.module';
import { ZoomPhoneApi } from '../../zoom/zoom-phone-api';
import { composeZoomPhone } from './compose-zoom-phone';
import { ZoomPhoneTask } from './zoom-phone.task';

/** Says how it is found out who has Zoom Phone besides; the slots for it are QueueWorkerModule's. */
@Module({
  imports: [TasksModule, OAuthModule, ZoomModule],
  providers: [
    {
      provide: ZoomPhoneTask,
      useFactory: (
        tasks: TaskRegistry,
        database: Database,
        grants: GrantVault,
        zoom: ZoomPhoneApi,
        intervals: Config,
        logger: Logger,
      ) => composeZoomPhone({ tasks, database, grants, zoom, intervals, logger }),
      inject: [TaskRegistry, Database, GrantVault, ZoomPhoneApi, CONFIG, LOGGER],
    },
  ],
})
export class ZoomPhoneModule {}
