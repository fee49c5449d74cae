import type { Queryable } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import type { Logger } from '../../platform/logging/logger';
import type { JobContext } from '../../platform/queue/task-registry';
import type { DeliveryOutcome } from '../../platform/webhooks/webhook-delivery';
import type { SyncedConnectorRepository } from '../synced-connector.repository';

/** The end of a hint that nobody could follow for hours: a full sync follows it instead, so nobody has to act. */
export class GiveUpHint {
  constructor(
    private readonly database: Queryable,
    private readonly schedule: SyncedConnectorRepository,
    private readonly logger: Logger,
  ) {}

  /** @throws the error, unless it was the last attempt and a provider is to blame */
  async orThrow(error: unknown, connectorId: string, job: JobContext): Promise<DeliveryOutcome> {
    if (!job.isLastAttempt || !(error instanceof AppError)) throw error;
    await this.schedule.requestFullSync(connectorId, this.database);
    this.logger.warn({ connectorId, code: error.code, reason: error.message }, 'a hint is left to the next sync');
    return 'waits_for_sync';
  }
}
