import type { PsiPage } from '../cloudlink/cloudlink-types';
import type { Clock } from '../platform/clock/clock';
import type { CopyRows } from '../platform/database/copy-in';
import type { Queryable } from '../platform/database/database';
import { inSteps } from './in-steps';
import { newCredentials, newUsers } from './new-rows';
import type { PageFactsReader, PageSetting } from './page-facts.reader';
import { PageMemory } from './page-memory';
import type { PageQuestions } from './page-questions';
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
  /** What was asked for it: PageSetting.questions as they were. */
  questions: PageQuestions;
  /** The plan of the page before that it counts on, where it does. */
  foreseen: Plan | undefined;
}

/** What a page is prepared on. */
export interface Footing {
  /** PreparedPage.hintCount */
  hintCount: number;
  /** What the last page that is stored held, by whom where that is known. */
  justSeen: ReadonlyMap<string, string | undefined>;
  /** Of the page before, when that is being stored meanwhile. */
  foreseen?: Plan | undefined;
}

/** Does for a page what needs no lock, so that it can be done while the page before is being stored. */
export class PagePreparer {
  constructor(
    private readonly reader: PageFactsReader,
    private readonly clock: Clock,
  ) {}

  /** `memory`: of the same page, when it was prepared before. */
  async prepare(
    setting: PageSetting,
    page: PsiPage,
    { hintCount, justSeen, foreseen }: Footing,
    via: Queryable,
    memory = new PageMemory(setting.cipher),
  ): Promise<PreparedPage> {
    const { questions } = setting;
    const seen = foreseen === undefined ? justSeen : new Map([...justSeen, ...foreseen.seen]);
    const before = { seen, foreseen };
    const facts = await this.reader.read(setting, questions, page, memory, before, this.clock.now(), via);
    const rows = await prepareRows(setting, facts, planChanges(facts), memory);
    return { page, memory, hintCount, questions, foreseen, ...rows };
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
