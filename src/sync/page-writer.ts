import type { PoolClient } from 'pg';
import { indexUsers } from './index-users';
import type { PageChangeRecorder } from './page-change.recorder';
import type { PageSetting } from './page-facts.reader';
import type { PagePreparer, PreparedPage } from './page-preparer';
import type { StoredUser, StoredUsers } from './plan-types';
import type { PageRecordRepository } from './page-record.repository';
import type { SyncRun } from './sync-run';
import type { SyncedCredentialRepository } from './synced-credential.repository';
import type { SyncedUserRepository } from './synced-user.repository';

/** Stores a page, set by set, inside the transaction that also moves the checkpoint. */
export class PageWriter {
  constructor(
    private readonly preparer: PagePreparer,
    private readonly users: SyncedUserRepository,
    private readonly credentials: SyncedCredentialRepository,
    private readonly records: PageRecordRepository,
    private readonly changes: PageChangeRecorder,
  ) {}

  /** `run` as it was before this page. @returns the page as it was stored */
  async write(
    run: SyncRun,
    setting: PageSetting,
    prepared: PreparedPage,
    transaction: PoolClient,
  ): Promise<PreparedPage> {
    const { connectorId } = run;
    const settled = await this.settle(setting, prepared, transaction);
    const { plan, sealed, facts } = settled;
    await this.users.releaseZoomIds(connectorId, plan.movedZoomIds, transaction);
    await settled.users.write(transaction);
    await this.users.update(connectorId, plan.update, facts.now, transaction);
    await this.changes.record(setting.cipher, plan, facts.now, transaction);
    await settled.credentials.write(transaction);
    const changed = plan.update.flatMap((user) => sealed.get(user.userId) ?? []);
    await this.credentials.put(connectorId, changed, facts.now, transaction);
    const without = plan.update.filter((user) => user.credential === undefined);
    await this.credentials.destroy(
      connectorId,
      without.map((user) => user.userId),
      transaction,
    );
    await this.records.add(run, plan, transaction);
    return settled;
  }

  /**
   * Locks the rows that would change and plans again on what they are now. Rows that stay as they are, nearly all of a
   * usual run, are so neither locked nor written (a row lock writes to the row's page too).
   */
  private async settle(setting: PageSetting, prepared: PreparedPage, transaction: PoolClient): Promise<PreparedPage> {
    const locked = new Set<string>();
    let settled = prepared;
    for (;;) {
      const { facts, plan } = settled;
      const ids = plan.update.map(({ userId }) => userId).filter((userId) => !locked.has(userId));
      if (ids.length === 0) return settled;
      const users = await this.users.lock(setting.key.connectorId, ids, transaction);
      for (const userId of ids) locked.add(userId);
      // By what these are now it may, once in a blue moon, be the turn of yet another one.
      const fresher = { ...facts, stored: withFresher(facts.stored, users) };
      settled = await this.preparer.planAgain(setting, settled, fresher);
    }
  }
}

function withFresher(stored: StoredUsers, fresh: StoredUser[]): StoredUsers {
  const byId = indexUsers(fresh, (user) => user.userId);
  const replace = (users: ReadonlyMap<string, StoredUser>): Map<string, StoredUser> =>
    new Map([...users].map(([key, user]) => [key, byId.get(user.userId) ?? user]));
  return {
    byEmail: replace(stored.byEmail),
    byZoomId: replace(stored.byZoomId),
    byCloudLinkId: replace(stored.byCloudLinkId),
  };
}
