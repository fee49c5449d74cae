import type { PsiPage } from '../cloudlink/cloudlink-types';
import type { Clock } from '../platform/clock/clock';
import type { CopyRows } from '../platform/database/copy-in';
import type { Queryable } from '../platform/database/database';
import { inSteps } from './in-steps';
import { newCredentials, newUsers } from './new-rows';
import type { PageFactsReader, PageSetting } from './page-facts.reader';
import { PageMemory } from './page-memory';
import { planChanges } from './plan-changes';
import type { PageFacts, Plan, PlannedUser } from './plan-types';
import type { SealedCredential } from './seal-credential';

/** A page on its way into the database: compared, planned and sealed, but nothing of it is written or locked. */
export interface PreparedPage {
  page: PsiPage;
  memory: PageMemory;
  facts: PageFacts;
  plan: Plan;
  /** By user id. */
  sealed: ReadonlyMap<string, SealedCredential>;
  users: CopyRows;
  credentials: CopyRows;
  /** HeldRun.hintCount before anything was read: when it has moved, what was read may be older than a webhook's news. */
  hintCount: number;
  /** PageSetting.asksByZoomId as it was then. */
  askedByZoomId: boolean;
}

/** Does for a page what needs no lock, so that it can be done while the page before is being stored. */
export class PagePreparer {
  constructor(
    private readonly reader: PageFactsReader,
    private readonly clock: Clock,
  ) {}

  /** `hintCount`: PreparedPage.hintCount. `memory`: of the same page, when it was prepared before. */
  async prepare(
    setting: PageSetting,
    page: PsiPage,
    hintCount: number,
    justSeen: ReadonlyMap<string, string | undefined>,
    via: Queryable,
    memory = new PageMemory(setting.cipher),
  ): Promise<PreparedPage> {
    const { asksByZoomId: askedByZoomId } = setting;
    const facts = await this.reader.read(setting, page, memory, justSeen, this.clock.now(), via);
    const rows = await prepareRows(setting, facts, planChanges(facts), memory);
    return { page, memory, hintCount, askedByZoomId, ...rows };
  }

  /** The same page with rows as they are now, locked. */
  async planAgain(setting: PageSetting, prepared: PreparedPage, facts: PageFacts): Promise<PreparedPage> {
    return { ...prepared, ...(await prepareRows(setting, facts, planChanges(facts), prepared.memory)) };
  }
}

async function prepareRows(
  { key }: PageSetting,
  facts: PageFacts,
  plan: Plan,
  memory: PageMemory,
): Promise<Pick<PreparedPage, 'facts' | 'plan' | 'sealed' | 'users' | 'credentials'>> {
  const sealed = new Map<string, SealedCredential>();
  const seal = ({ userId, credential }: PlannedUser): void => {
    if (credential !== undefined) sealed.set(userId, memory.seal(userId, credential));
  };
  await inSteps(plan.insert, seal);
  await inSteps(plan.update, seal);
  const fresh = plan.insert.flatMap((user) => sealed.get(user.userId) ?? []);
  return {
    facts,
    plan,
    sealed,
    users: await newUsers(key.connectorId, plan.insert, facts.now),
    credentials: await newCredentials(key.connectorId, fresh, facts.now),
  };
}
