import type { PoolClient } from 'pg';
import type { CloudLinkApi } from '../cloudlink/cloudlink-api';
import type { PsiPage } from '../cloudlink/cloudlink-types';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database } from '../platform/database/database';
import { isUniqueViolation } from '../platform/database/unique-violation';
import { countUsersAnew, isTimeToCount } from '../users/count-users-anew';
import type { Checkpoint } from './checkpoint';
import { followNext, type LoopGuard } from './follow-next';
import { canBeForeseen } from './page-before';
import type { PageSetting } from './page-facts.reader';
import { mayOverlap } from './page-overlap';
import type { PagePeopleRepository } from './page-people.repository';
import type { PagePreparer, PreparedPage } from './page-preparer';
import { ASK_ALL, type PageQuestions } from './page-questions';
import type { PageWriter } from './page-writer';
import { pagesAhead, preparedAhead } from './pages-ahead';
import type { Plan } from './plan-types';
import type { RunContext } from './run-context';
import type { RunScratchRepository } from './run-scratch.repository';
import { RememberedEmails, StoredEmails } from './stored-emails';
import type { HeldRun, RunKey, RunPhase, SyncRun } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';

/** A page of CloudLink, and where the list goes on after it. */
interface PlacedPage {
  page: PsiPage;
  guard: LoopGuard;
}

/**
 * Second phase: CloudLink's users, page by page. Three pages are on their way at any time: one is fetched, one compared,
 * planned and sealed, one stored. Each is stored together with the checkpoint in one transaction, so a worker may die
 * anywhere: a page counts once or not at all.
 * Statements of a page that look into tables by lists are not named (prepared) ones: PostgreSQL would keep the plan that it
 * made while the tables were empty, and scan them whole for every page.
 */
export class CloudLinkUsersPhase {
  private readonly remembered = new RememberedEmails();

  constructor(
    private readonly database: Database,
    private readonly cloudlink: CloudLinkApi,
    private readonly runs: SyncRunRepository,
    private readonly scratch: RunScratchRepository,
    private readonly people: PagePeopleRepository,
    private readonly preparer: PagePreparer,
    private readonly writer: PageWriter,
    private readonly ciphers: ConnectorCiphers,
  ) {}

  async run(context: RunContext): Promise<void> {
    const { key, membership } = context;
    // Before anybody is looked for: what a webhook says from now on shows.
    let hintCount = await this.runs.hintCount(key, this.database);
    const setting: PageSetting = {
      key,
      membership,
      cipher: await this.ciphers.for(key.connectorId),
      questions: await this.questions(context, hintCount),
    };
    const lastSeen = await this.scratch.findSeenLast(key, this.database);
    let justSeen: ReadonlyMap<string, string | undefined> = new Map(lastSeen.map((email) => [email, undefined]));
    let asksAll: PageQuestions | undefined;
    let earlier: Plan | undefined;
    let plan: Plan | undefined;
    const pages = preparedAhead(this.fetch(context), async ({ page, guard }) => {
      const foreseen = plan !== undefined && canBeForeseen(plan, setting.questions) ? plan : undefined;
      const footing = { hintCount, justSeen, foreseen };
      const prepared = await this.preparer.prepare(setting, page, footing, this.database);
      ({ plan } = prepared);
      return { guard, prepared };
    });
    for await (const { prepared, guard } of pages) {
      context.signal.throwIfAborted();
      const { inserted } = context.checkpoint;
      const place = { guard, earlier };
      const stored = await this.store(context, setting, prepared, place).catch((error: unknown) => {
        if (!isUniqueViolation(error) || setting.questions === asksAll) throw error;
        // Somebody has the id or the email after all: Zoom lists it twice, or it was stored a moment ago.
        asksAll = { ...setting.questions, ...ASK_ALL, stored: undefined };
        setting.questions = asksAll;
        context.checkpoint = { ...context.checkpoint, ...ASK_ALL };
        return this.store(context, setting, prepared, place);
      });
      earlier = stored.plan;
      this.remember(context, setting, stored);
      justSeen = earlier.seen;
      // For the page after the next one: older than what that is compared with, never newer.
      ({ hintCount } = stored);
      if (isTimeToCount(inserted, context.checkpoint.inserted)) await countUsersAnew(this.database);
    }
  }

  /** What pages have to ask: found out once per run, and kept with the first page; who is stored, only in this process. */
  private async questions(context: RunContext, hintCount: number): Promise<PageQuestions> {
    const { key, membership, checkpoint } = context;
    const { asksByZoomId, asksByCloudLinkId, cloudlink } = checkpoint;
    const hasMoved = this.lookForMoved(key);
    // Whom an admin chooses meanwhile is in no filter: where everybody is taken a unique violation shows that, elsewhere nothing would.
    const isEverybodyTaken = membership === 'automatic';
    if (asksByCloudLinkId !== null) {
      const emails = this.remembered.take(key.runId, { position: cloudlink.position, hintCount });
      return { asksByZoomId, asksByCloudLinkId, stored: isEverybodyTaken ? emails : undefined, hasMoved };
    }
    const nobody = await this.people.isNobodyStored(key.connectorId, this.database);
    const questions = { asksByZoomId: nobody ? false : null, asksByCloudLinkId: !nobody };
    context.checkpoint = { ...checkpoint, ...questions };
    return { ...questions, stored: nobody && isEverybodyTaken ? new StoredEmails() : undefined, hasMoved };
  }

  /** Once, when it is asked for. */
  private lookForMoved(key: RunKey): () => Promise<boolean> {
    let moved: Promise<boolean> | undefined;
    return () => (moved ??= this.people.hasMoved(key, this.database));
  }

  private remember(
    { key, checkpoint }: RunContext,
    { questions }: PageSetting,
    { plan, hintCount }: PreparedPage,
  ): void {
    if (questions.stored === undefined) return;
    for (const { email } of plan.insert) questions.stored.add(email);
    const { position } = checkpoint.cloudlink;
    if (position === null) this.remembered.forget(key.runId);
    else this.remembered.keep(key.runId, { position, hintCount }, questions.stored);
  }

  private async *fetch(context: RunContext): AsyncGenerator<PlacedPage, void, undefined> {
    let { guard } = context.checkpoint.cloudlink;
    const pages = pagesAhead(
      context.checkpoint.cloudlink.position ?? undefined,
      (position) =>
        this.cloudlink.listPsiUsers(context.cloudlink, context.cloudlinkAccountId, position, context.signal),
      (page) => {
        if (page.next !== undefined) guard = followNext(guard, page.next, 'CloudLink');
        return page.next;
      },
      context.slice,
    );
    for await (const page of pages) yield { page, guard };
  }

  private async store(
    context: RunContext,
    setting: PageSetting,
    ahead: PreparedPage,
    { guard, earlier }: { guard: LoopGuard; earlier: Plan | undefined },
  ): Promise<PreparedPage> {
    const { key, checkpoint } = context;
    const { stored, next } = await this.database.transaction(async (transaction) => {
      const run = await this.runs.lock(key, transaction);
      const isHinted = run.hintCount !== ahead.hintCount;
      // A webhook may have given an email to somebody whom no page of this run has stored, or whom Zoom lists under another one.
      if (isHinted) setting.questions = { ...setting.questions, stored: undefined, hasMoved: this.lookForMoved(key) };
      const isOld =
        isHinted ||
        setting.questions !== ahead.questions ||
        // The page before was stored in another way than this one counts on, or it could not be foreseen.
        (ahead.foreseen !== earlier && [ahead.foreseen, earlier].some((plan) => mayOverlap(plan, ahead.facts)));
      const prepared = isOld ? await this.prepareAgain(run, setting, ahead, earlier, transaction) : ahead;
      const stored = await this.writer.write(run, setting, prepared, transaction);
      const { page, plan } = stored;
      const next: Checkpoint = {
        ...checkpoint,
        cloudlink: { position: page.next ?? null, guard },
        inserted: checkpoint.inserted + plan.insert.length,
        unattributed: checkpoint.unattributed + plan.unattributed,
        undated: checkpoint.undated + page.undated,
      };
      const phase: RunPhase = page.next === undefined ? 'removal' : 'cloudlink_users';
      await this.runs.saveProgress(key, { phase, checkpoint: next, counts: countPlan(page, plan) }, transaction);
      return { stored, next };
    });
    // Only now: a page whose commit failed has not moved anything.
    context.checkpoint = next;
    return stored;
  }

  private prepareAgain(
    { hintCount }: HeldRun,
    setting: PageSetting,
    { page, memory }: PreparedPage,
    earlier: Plan | undefined,
    transaction: PoolClient,
  ): Promise<PreparedPage> {
    const footing = { hintCount, justSeen: earlier?.seen ?? new Map<string, string>() };
    // With the run's row locked nobody waits for a second connection, or for a look over all users: those of the page are looked for.
    const questions = { ...setting.questions, hasMoved: () => Promise.resolve(true) };
    return this.preparer.prepare({ ...setting, questions }, page, footing, transaction, memory);
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
