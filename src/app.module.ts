import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module';
import { AccessWorkerModule } from './access/access-worker.module';
import { AlertsModule } from './alerts/alerts.module';
import { ConnectorAdminModule } from './connector/connector-admin.module';
import { ConnectorWorkerModule } from './connector/connector-worker.module';
import { AlertsWorkerModule } from './alerts/alerts-worker.module';
import { ConnectorModule } from './connector/connector.module';
import { OAuthModule } from './oauth/oauth.module';
import { OAuthPagesModule } from './oauth/oauth-pages.module';
import { OAuthWorkerModule } from './oauth/oauth-worker.module';
import { OperationsModule } from './operations/operations.module';
import { PlatformModule, type Runtime } from './platform/platform.module';
import { QueueWorkerModule } from './platform/queue/queue-worker.module';
import { TasksModule } from './platform/queue/tasks.module';
import { SyncEventsModule } from './sync/events/sync-events.module';
import { SyncModule } from './sync/sync.module';
import { SyncWorkerModule } from './sync/sync-worker.module';
import { DiagnosisModule } from './diagnosis/diagnosis.module';
import { TargetsModule } from './targets/targets.module';
import { TargetsWorkerModule } from './targets/targets-worker.module';
import { UserSyncModule } from './sync/user-sync/user-sync.module';
import { ZoomPhoneModule } from './sync/zoom-phone/zoom-phone.module';
import { ChangesWorkerModule } from './users/changes/changes-worker.module';
import { PushModule } from './users/push/push.module';
import { StatusCountsModule } from './users/status-counts/status-counts.module';
import { UsersModule } from './users/users.module';

/** The whole program. A process of the role `api` knows all tasks, but leaves the work to others. */
@Module({})
export class AppModule {
  static forRoot(runtime: Runtime): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(runtime),
        TasksModule,
        AccessModule,
        AccessWorkerModule,
        AlertsModule,
        OAuthModule,
        OAuthPagesModule,
        OAuthWorkerModule,
        ConnectorModule,
        ConnectorAdminModule,
        ConnectorWorkerModule,
        UsersModule,
        PushModule,
        ChangesWorkerModule,
        StatusCountsModule,
        TargetsModule,
        TargetsWorkerModule,
        DiagnosisModule,
        SyncModule,
        AlertsWorkerModule,
        SyncEventsModule,
        UserSyncModule,
        OperationsModule,
        ...(runtime.config.role === 'api' ? [] : [QueueWorkerModule, SyncWorkerModule, ZoomPhoneModule]),
      ],
    };
  }
}
