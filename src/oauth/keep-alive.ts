import type { OnModuleInit } from '@nestjs/common';
import type { Clock } from '../platform/clock/clock';
import type { Database } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import type { Queue } from '../platform/queue/queue';
import type { TaskRegistry } from '../platform/queue/task-registry';
import { takeDue } from './grant-checks';
import type { GrantHealth } from './grant-health';
import { CHECK_DUE_GRANTS, CHECK_GRANT, checkGrantJob } from './grant-jobs';
import type { GrantVault } from './grant-vault';

/** A minute's share: 200 looks are some 600 requests, spread over the queue's workers. */
const BATCH = 200;

/**
 * Looks at every live grant once a day, the standbys too, so that a rotten one is known before it is needed, and so that
 * no refresh token dies of disuse. A look renews tokens only when they are due.
 */
export class KeepAlive implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly vault: GrantVault,
    private readonly health: GrantHealth,
    private readonly queue: Queue,
    private readonly tasks: TaskRegistry,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.registerEveryMinute(CHECK_DUE_GRANTS, () => this.enqueueDue());
    this.tasks.register(CHECK_GRANT, async ({ connectorId, grantId, renew, deadReason }, job) => {
      try {
        await this.health.check(String(connectorId), String(grantId), {
          renew: renew === true,
          deadReason: typeof deadReason === 'string' ? deadReason : undefined,
        });
      } catch (error) {
        // A wrong client id or secret of ours says nothing about anybody's grant, and would alarm every customer at once.
        const isOurFault = error instanceof AppError && error.code === 'misconfigured';
        if (job.isLastAttempt && !isOurFault)
          await this.vault.flag(String(connectorId), String(grantId), 'keep_alive_failed');
        throw error;
      }
    });
  }

  /** When a grant is due stands in its row, so it does not matter which process asks, or whether one was down. */
  async enqueueDue(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      for (const { connectorId, grantId } of await takeDue(this.clock.now(), BATCH, transaction)) {
        await this.queue.add(CHECK_GRANT, { connectorId, grantId }, checkGrantJob(grantId), transaction);
      }
    });
  }
}
