import type { OnModuleInit } from '@nestjs/common';
import type { Clock } from '../platform/clock/clock';
import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import type { TaskRegistry } from '../platform/queue/task-registry';
import { END_GRACE_PERIODS, FINISH_DISCONNECT } from './connector-jobs';
import type { Disconnecting } from './disconnect.service';
import { reasonOf } from '../platform/errors/reason-of';

/**
 * When Zoom has told that the app was removed, everything stays for the grace period, in which a new authorisation
 * brings all back; then it ends as a disconnect by hand does.
 */
export class DisconnectJobs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly disconnecting: Disconnecting,
    private readonly tasks: TaskRegistry,
    private readonly clock: Clock,
    private readonly gracePeriodSeconds: number,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.tasks.registerEveryMinute(END_GRACE_PERIODS, () => this.endGracePeriods());
    this.tasks.register(FINISH_DISCONNECT, ({ connectorId }, job) =>
      this.disconnecting.finish(String(connectorId), job.isLastAttempt),
    );
  }

  async endGracePeriods(): Promise<void> {
    const { rows } = await this.database.query<{ connector_id: string }>(
      `select connector_id from connectors c
       where state <> 'disconnected' and zoom_deauthorised_at <= $1::timestamptz - make_interval(secs => $2)
         and not exists (select from grants g where g.connector_id = c.connector_id and g.provider = 'zoom' and g.state = 'active')
       order by connector_id limit 100`,
      [this.clock.now(), this.gracePeriodSeconds],
    );
    for (const { connector_id: connectorId } of rows) {
      // One that cannot be ended now must not keep the others.
      await this.disconnecting
        .disconnect(connectorId, 'grace_period_over', { actorKind: 'system', actorId: 'grace-period' })
        .catch((error: unknown) => {
          const reason = reasonOf(error);
          this.logger.warn({ connectorId, reason }, 'a connector whose grace period is over could not be disconnected');
        });
    }
  }
}
