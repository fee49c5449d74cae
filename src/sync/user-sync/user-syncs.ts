import { parseUserKey } from '../../access/user-key';
import { unknownUser } from '../../access/unknown-user';
import type { Actor } from '../../platform/audit/actor';
import type { AuditLog } from '../../platform/audit/audit-log';
import type { Database } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import type { Queue } from '../../platform/queue/queue';
import { requireActive } from '../require-active';
import type { SyncedConnectorRepository } from '../synced-connector.repository';
import { judgeNewestRun } from './judge-newest-run';
import { SYNC_USER, userSyncJob } from './user-sync-job';
import type { UserSyncRepository } from './user-sync.repository';

/** Takes the wish to have one user read anew. */
export class UserSyncs {
  constructor(
    private readonly database: Database,
    private readonly connectors: SyncedConnectorRepository,
    private readonly users: UserSyncRepository,
    private readonly audit: AuditLog,
    private readonly queue: Queue,
  ) {}

  /**
   * @returns when it was asked for: done when the user's `syncedAt` is later
   * @throws AppError `not_found`, `connector_not_active`, `reauthorization_required`, `conflict`
   */
  async request(connectorId: string, user: string, by: Actor): Promise<Date> {
    requireActive(await this.connectors.find(connectorId, this.database));
    return this.database.transaction(async (transaction) => {
      const found = await this.users.find(connectorId, parseUserKey(user), transaction);
      if (found === undefined) throw unknownUser();
      const requestedAt = await this.users.now(transaction);
      const run = await this.users.newestRun(connectorId, requestedAt, transaction);
      if (run !== undefined && judgeNewestRun({ ...run, isLater: false }) === 'give_up')
        throw new AppError('conflict', 'A sync waits for approval: approve it, or start a new sync of all users.');
      const { userId, email } = found;
      const wish = { connectorId, userId, requestedAt, isZoomRead: false };
      await this.queue.add(SYNC_USER, wish, userSyncJob(wish), transaction);
      await this.audit.record({ ...by, connectorId, action: 'user.sync_requested', subject: email }, transaction);
      return requestedAt;
    });
  }
}
