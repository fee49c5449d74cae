import type { PsiPage } from '../cloudlink/cloudlink-types';
import type { Database } from '../platform/database/database';
import { normaliseEmail } from '../platform/text/normalise-email';
import type { ZoomApi } from '../zoom/zoom-api';
import type { ZoomUser } from '../zoom/zoom-types';
import { obstacle } from './delta-not-possible';
import type { DeltaRepository } from './delta.repository';
import { judgeClaims } from './judge-claims';
import { lookupLimit } from './lookup-limit';
import type { StoredUser } from './plan-types';
import type { RunContext } from './run-context';
import type { RunScratchRepository } from './run-scratch.repository';
import type { SyncRunRepository } from './sync-run.repository';
import type { SyncedUserRepository } from './synced-user.repository';
import { chooseByEmail, zoomNewsRows, type ZoomUsersByEmail } from './zoom-news-rows';
import type { ZoomNewsRepository } from './zoom-news.repository';

/** Calls to Zoom that are under way at once; how many a second, the account's rate limit says. */
const AT_ONCE = 4;

/**
 * Learns what Zoom says about the users of a page of changes, as if Zoom's list had been read: of those who are stored
 * that is in their rows, which webhooks keep up to date; the others are asked for one by one.
 */
export class DeltaZoomUsers {
  constructor(
    private readonly database: Database,
    private readonly zoom: ZoomApi,
    private readonly runs: SyncRunRepository,
    private readonly scratch: RunScratchRepository,
    private readonly news: ZoomNewsRepository,
    private readonly users: SyncedUserRepository,
    private readonly deltas: DeltaRepository,
  ) {}

  /**
   * `asked`: how many users this run has asked Zoom for. @returns that number after this page
   * @throws DeltaNotPossible, and whatever keeps Zoom from answering
   */
  async stage(context: RunContext, page: PsiPage, asked: number): Promise<number> {
    const { connectorId } = context.key;
    const emails = [...new Set(page.users.map((user) => normaliseEmail(user.email)))];
    const stored = new Map(
      (await this.users.findByEmail(connectorId, emails, this.database)).map((user) => [user.email, user]),
    );
    // Of those whom nobody has chosen it does not matter what Zoom says, nor whose email is whose.
    const wanted =
      context.membership === 'automatic'
        ? emails
        : emails.filter((email) => stored.get(email)?.membership === 'chosen');
    const holders = await this.settleClaims(context, page, new Set(wanted), stored);
    const strangers = wanted.filter((email) => !isAtZoom(stored.get(email)) && !holders.has(email));
    const total = asked + strangers.length;
    await this.checkLimit(connectorId, total);
    const news = await zoomNewsRows(context.key, await this.lookUp(context, strangers));
    await this.database.transaction(async (transaction) => {
      await this.runs.lock(context.key, transaction);
      await this.news.add(context.key, news, transaction);
      await this.scratch.addClaims(context.key, holders, transaction);
    });
    return total;
  }

  /** Who has an email instead of those on the page who were refused it before. */
  private async settleClaims(
    { key }: RunContext,
    page: PsiPage,
    wanted: ReadonlySet<string>,
    stored: ReadonlyMap<string, StoredUser>,
  ): Promise<Map<string, string>> {
    const newcomers = page.users.filter((user) => {
      const email = normaliseEmail(user.email);
      return wanted.has(email) && stored.get(email)?.cloudlinkUserId !== user.userId;
    });
    if (newcomers.length === 0) return new Map();
    const emails = newcomers.map((user) => normaliseEmail(user.email));
    const reported = await this.deltas.reportedClaims(key.connectorId, emails, this.database);
    if (reported === undefined) throw obstacle('contested_email', 'more problems were met than are kept');
    const verdict = judgeClaims(newcomers, stored, reported);
    if (verdict.kind === 'contested') throw obstacle('contested_email', 'somebody else has or had the email');
    return verdict.holders;
  }

  private async checkLimit(connectorId: string, asked: number): Promise<void> {
    // Counting takes a moment in a large account, and most deltas need none.
    if (asked <= lookupLimit(0)) return;
    const limit = lookupLimit(await this.deltas.countPresent(connectorId, this.database));
    if (asked > limit) throw obstacle('many_unknown_users', `${asked} users to ask Zoom for, at most ${limit}`);
  }

  /**
   * Those of them whom Zoom knows. One who is stored under another email has a new one, unless Zoom has somebody else
   * under the old email: that is asked too, because their row says that it is still theirs.
   */
  private async lookUp(context: RunContext, emails: string[]): Promise<ZoomUsersByEmail> {
    const found = await this.ask(context, emails);
    const ids = found.flatMap((user) => user.id ?? []);
    if (ids.length === 0) return chooseByEmail(found);
    const asked = new Set(emails);
    const holders = await this.users.findByZoomId(context.key.connectorId, ids, this.database);
    const old = holders.map((user) => user.email).filter((email) => !asked.has(email));
    const atOld = await this.ask(context, old);
    const nobody = old.map((email): [string, null] => [email, null]);
    return new Map<string, ZoomUser | null>([...nobody, ...(await chooseByEmail([...found, ...atOld]))]);
  }

  private async ask({ zoom, signal }: RunContext, emails: string[]): Promise<ZoomUser[]> {
    const found: ZoomUser[] = [];
    for (let from = 0; from < emails.length; from += AT_ONCE) {
      signal.throwIfAborted();
      const some = emails.slice(from, from + AT_ONCE);
      const users = await Promise.all(some.map((email) => this.zoom.getUser(zoom, email, signal)));
      found.push(...users.filter((user) => user !== undefined));
    }
    return found;
  }
}

/** Whether their row tells what Zoom says. Who was removed may be back, and who never was there may have come. */
const isAtZoom = (user: StoredUser | undefined): boolean =>
  user !== undefined && user.status !== 'removed' && user.zoomStatus !== null;
