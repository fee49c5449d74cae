import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { CloudLinkApi } from '../cloudlink/cloudlink-api';
import type { PsiPage } from '../cloudlink/cloudlink-types';
import type { Clock } from '../platform/clock/clock';
import type { ConnectorCipher, ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database } from '../platform/database/database';
import { normaliseEmail } from '../platform/text/normalise-email';
import { followNext } from './follow-next';
import type { PageChangeRecorder } from './page-change.recorder';
import { pagesAhead } from './pages-ahead';
import { planChanges } from './plan-changes';
import type { PageFacts, Plan, StoredUser, StoredUsers } from './plan-types';
import type { RunContext } from './run-context';
import type { RunScratchRepository } from './run-scratch.repository';
import type { SyncProblemRepository } from './sync-problem.repository';
import type { RunPhase, SyncRun } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';
import type { SyncedCredentialRepository } from './synced-credential.repository';
import type { SyncedUserRepository } from './synced-user.repository';

/**
 * Second phase: CloudLink's users, page by page. Each page is read, planned by a pure function and stored together with
 * the checkpoint in one transaction, so a worker may die anywhere: a page counts once or not at all.
 * The statements of a page are not named (prepared) ones: PostgreSQL would keep the plan that it made while the tables
 * were empty, and scan them whole for every page.
 */
export class CloudLinkUsersPhase {
  constructor(
    private readonly database: Database,
    private readonly cloudlink: CloudLinkApi,
    private readonly runs: SyncRunRepository,
    private readonly scratch: RunScratchRepository,
    private readonly users: SyncedUserRepository,
    private readonly credentials: SyncedCredentialRepository,
    private readonly problems: SyncProblemRepository,
    private readonly changes: PageChangeRecorder,
    private readonly ciphers: ConnectorCiphers,
    private readonly clock: Clock,
  ) {}

  async run(context: RunContext): Promise<void> {
    const cipher = await this.ciphers.for(context.key.connectorId);
    let { guard } = context.checkpoint.cloudlink;
    const pages = pagesAhead(
      context.checkpoint.cloudlink.position ?? undefined,
      (position) =>
        this.cloudlink.listPsiUsers(context.cloudlink, context.cloudlinkAccountId, position, context.signal),
      (page) => {
        if (page.next !== undefined) guard = followNext(guard, page.next, 'CloudLink');
        return page.next;
      },
    );
    for await (const page of pages) {
      context.signal.throwIfAborted();
      const { checkpoint } = context;
      context.checkpoint = await this.database.transaction(async (transaction) => {
        const run = await this.runs.lock(context.key, transaction);
        const plan = await this.plan(context, cipher, page, transaction);
        await this.apply(run, cipher, plan, transaction);
        const next = {
          ...checkpoint,
          cloudlink: { position: page.next ?? null, guard },
          unattributed: checkpoint.unattributed + plan.unattributed,
          undated: checkpoint.undated + page.undated,
        };
        const phase: RunPhase = page.next === undefined ? 'removal' : 'cloudlink_users';
        await this.runs.saveProgress(
          context.key,
          { phase, checkpoint: next, counts: countPlan(page, plan) },
          transaction,
        );
        return next;
      });
    }
  }

  /**
   * Plans on what is stored; then locks the rows that would change and plans again on what they are now. Rows that stay
   * as they are, nearly all of a usual run, are so neither locked nor written (a row lock writes to the row's page too).
   */
  private async plan(
    context: RunContext,
    cipher: ConnectorCipher,
    page: PsiPage,
    transaction: PoolClient,
  ): Promise<Plan> {
    const facts = await this.gatherFacts(context, cipher, page, transaction);
    const draft = planChanges(facts);
    if (draft.update.length === 0) return draft;
    const locked = await this.users.lock(
      context.key.connectorId,
      draft.update.map((user) => user.userId),
      transaction,
    );
    return planChanges({ ...facts, stored: withFresher(facts.stored, locked) });
  }

  private async gatherFacts(
    context: RunContext,
    cipher: ConnectorCipher,
    page: PsiPage,
    transaction: PoolClient,
  ): Promise<PageFacts> {
    const { key } = context;
    const emails = [...page.users, ...page.problems].flatMap(({ email }) =>
      email === undefined ? [] : [normaliseEmail(email)],
    );
    const brokenIds = page.problems.flatMap(({ userId }) => userId ?? []);
    const zoomUsers = await this.scratch.findZoomUsers(key, emails, transaction);
    const seen = await this.scratch.findSeen(key, emails, transaction);
    const byEmail = indexUsers(
      await this.users.findByEmail(key.connectorId, emails, transaction),
      (user) => user.email,
    );
    const newcomers = [...zoomUsers].flatMap(([email, zoom]) =>
      byEmail.has(email) || zoom.id === null ? [] : [zoom.id],
    );
    const renamed =
      newcomers.length === 0 ? [] : await this.users.findByZoomId(key.connectorId, newcomers, transaction);
    const broken =
      brokenIds.length === 0 ? [] : await this.users.findByCloudLinkId(key.connectorId, brokenIds, transaction);
    if (renamed.length > 0) {
      const oldEmails = renamed.map((user) => user.email);
      for (const [email, zoom] of await this.scratch.findZoomUsers(key, oldEmails, transaction))
        zoomUsers.set(email, zoom);
    }
    return {
      users: page.users,
      problems: page.problems,
      membership: context.membership,
      zoomUsers,
      stored: {
        byEmail,
        byZoomId: indexUsers(renamed, (user) => user.zoomUserId),
        byCloudLinkId: indexUsers(broken, (user) => user.cloudlinkUserId),
      },
      seen,
      now: this.clock.now(),
      fingerprint: (content) => cipher.fingerprint(content),
      newUserId: randomUUID,
    };
  }

  private async apply(run: SyncRun, cipher: ConnectorCipher, plan: Plan, transaction: PoolClient): Promise<void> {
    const { connectorId } = run;
    const now = this.clock.now();
    await this.users.releaseZoomIds(connectorId, plan.movedZoomIds, transaction);
    // PostgreSQL stores the users while this thread seals their credentials.
    const [, fresh] = await Promise.all([
      this.users.insert(connectorId, plan.insert, now, transaction),
      this.credentials.seal(cipher, plan.insert),
    ]);
    const [, changed] = await Promise.all([
      this.users.update(connectorId, plan.update, now, transaction),
      this.credentials.seal(cipher, plan.update),
    ]);
    await this.changes.record(cipher, plan, now, transaction);
    await this.credentials.insert(connectorId, fresh, now, transaction);
    await this.credentials.put(connectorId, changed, now, transaction);
    const without = plan.update.filter((user) => user.credential === undefined);
    await this.credentials.destroy(
      connectorId,
      without.map((user) => user.userId),
      transaction,
    );
    await this.problems.add(run, plan.problems, transaction);
    await this.scratch.addSeen(run, plan.seen, transaction);
  }
}

function countPlan(page: PsiPage, plan: Plan): Partial<SyncRun['counts']> {
  return {
    read: page.itemCount,
    created: plan.insert.length + plan.returned,
    updated: plan.update.length - plan.returned,
    unchanged: plan.unchanged,
    problems: plan.problems.length,
  };
}

function indexUsers(users: StoredUser[], keyOf: (user: StoredUser) => string | null): Map<string, StoredUser> {
  return new Map(users.flatMap((user) => (keyOf(user) === null ? [] : [[keyOf(user) ?? '', user] as const])));
}

function withFresher(stored: StoredUsers, fresh: StoredUser[]): StoredUsers {
  const byId = indexUsers(fresh, (user) => user.userId);
  const replace = (users: ReadonlyMap<string, StoredUser>): Map<string, StoredUser> =>
    new Map([...users].map(([key, user]) => [key, byId.get(user.userId) ?? user]));
  return { byEmail: replace(stored.byEmail), byZoomId: replace(stored.byZoomId), byCloudLinkId: stored.byCloudLinkId };
}
