import type { PsiPage } from '../cloudlink/cloudlink-types';
import type { ConnectorCipher } from '../platform/crypto/connector-cipher';
import type { Queryable } from '../platform/database/database';
import { normaliseEmail } from '../platform/text/normalise-email';
import { indexUsers } from './index-users';
import { foreseenUsers } from './page-before';
import type { PageMemory } from './page-memory';
import type { PagePeopleRepository } from './page-people.repository';
import type { PageQuestions } from './page-questions';
import type { ListedZoomUser, Membership, PageFacts, Plan, StoredUser } from './plan-types';
import type { RunScratchRepository } from './run-scratch.repository';
import type { RunKey } from './sync-run';
import type { StoredEmails } from './stored-emails';
import type { SyncedUserRepository } from './synced-user.repository';
import { type ZoomNews, zoomUserOf } from './zoom-news';
import type { ZoomNewsRepository } from './zoom-news.repository';

/** What stays the same for all pages of one attempt, but for its questions. */
export interface PageSetting {
  readonly key: RunKey;
  readonly membership: Membership;
  readonly cipher: ConnectorCipher;
  /** Another object as soon as pages that were prepared by these have to be prepared again. */
  questions: PageQuestions;
}

/** So many are looked for by their Zoom ids (3 µs each); before more are, all users are looked over once (3 µs each, too). */
const FEW_NEWCOMERS = 200;

/** Gathers what a page has to be compared with. Locks nothing. */
export class PageFactsReader {
  constructor(
    private readonly people: PagePeopleRepository,
    private readonly news: ZoomNewsRepository,
    private readonly scratch: RunScratchRepository,
    private readonly users: SyncedUserRepository,
  ) {}

  /** `before.seen`: what the page before held, by whom where that is known. */
  async read(
    { key, membership }: PageSetting,
    { asksByZoomId, asksByCloudLinkId, stored, hasMoved }: PageQuestions,
    page: PsiPage,
    memory: PageMemory,
    before: { seen: ReadonlyMap<string, string | undefined>; foreseen: Plan | undefined },
    now: Date,
    via: Queryable,
  ): Promise<PageFacts> {
    const { connectorId } = key;
    const emails = [...page.users, ...page.problems].flatMap(({ email }) =>
      email === undefined ? [] : [normaliseEmail(email)],
    );
    const { news, claims, users } = await this.people.find(key, emails, { asksForUsers: stored === undefined }, via);
    if (stored !== undefined) users.push(...(await this.findKnown(key, emails, stored, via)));
    // After those who were found: of one email the last one counts.
    if (before.foreseen !== undefined) users.push(...foreseenUsers(before.foreseen, emails));
    const zoomUsers = zoomUsersOf(emails, news, users);
    // This thread's work, while the database answers the questions below.
    const made = memory.fingerprints.make(page, zoomUsers);
    // It is awaited below; until then, or if a question fails, its failure must not count as unhandled.
    made.catch(() => undefined);
    // Broken items, and those whom Zoom does not know by their email: they may be in use under another one.
    const strangers = page.users.flatMap(({ email, userId }) => (zoomUsers.has(normaliseEmail(email)) ? [] : [userId]));
    const doubtfulIds = [...strangers, ...page.problems.flatMap(({ userId }) => userId ?? [])];
    const doubtful =
      !asksByCloudLinkId || doubtfulIds.length === 0
        ? []
        : await this.users.findByCloudLinkId(connectorId, doubtfulIds, via);
    const byCloudLinkId = indexUsers(doubtful, (user) => user.cloudlinkUserId);
    const pairs = strangers.flatMap((userId) => byCloudLinkId.get(userId) ?? []);
    const searches = async (): Promise<boolean> => asksByZoomId ?? hasMoved();
    const zoomEmails = await this.news.findZoomEmails(key, pairs, searches, via);
    if (zoomEmails.size > 0) {
      const bridged = [...zoomEmails.values()];
      const told = await this.people.find(key, bridged, { asksForUsers: true }, via);
      for (const [email, zoom] of zoomUsersOf(bridged, told.news, told.users)) zoomUsers.set(email, zoom);
      for (const [email, claimant] of told.claims) claims.set(email, claimant);
      users.push(...told.users);
      emails.push(...bridged);
    }
    const byEmail = indexUsers(users, (user) => user.email);
    const newcomers = [...zoomUsers].flatMap(([email, zoom]) =>
      zoom.id === null || byEmail.get(email)?.zoomUserId === zoom.id ? [] : [zoom.id],
    );
    const asks = newcomers.length > 0 && (asksByZoomId ?? (newcomers.length <= FEW_NEWCOMERS || (await hasMoved())));
    const renamed = asks ? await this.users.findByZoomId(connectorId, newcomers, via) : [];
    if (renamed.length > 0) {
      const oldEmails = renamed.map((user) => user.email);
      const told = await this.news.find(key, oldEmails, via);
      for (const [email, zoom] of zoomUsersOf(oldEmails, told, renamed)) zoomUsers.set(email, zoom);
    }
    await made;
    return {
      users: page.users,
      problems: page.problems,
      membership,
      zoomUsers,
      zoomEmails,
      stored: {
        byEmail,
        byZoomId: indexUsers(renamed, (user) => user.zoomUserId),
        byCloudLinkId,
      },
      seen: await this.seen({ key, asksByCloudLinkId }, page, emails, byEmail, claims, before.seen, via),
      now,
      fingerprintOf: (user, zoom, email) => memory.fingerprints.of(user, zoom, email),
      newUserId: (email) => memory.newUserId(email),
    };
  }

  private async findKnown(
    { connectorId }: RunKey,
    emails: string[],
    stored: StoredEmails,
    via: Queryable,
  ): Promise<StoredUser[]> {
    const known = emails.filter((email) => stored.mayHold(email));
    return known.length === 0 ? [] : this.users.findByEmail(connectorId, known, via);
  }

  /**
   * Who claimed an email of this page earlier in the run. A stored user shows it: pages store whom they accept, so an
   * email that is linked to the very user on this page was claimed by nobody else. The long list of who was seen is asked
   * only where a page wants to link an email to another CloudLink user than the one who has it, and not where nobody was
   * stored before the run: then only this run can have linked it.
   */
  private async seen(
    { key, asksByCloudLinkId }: { key: RunKey; asksByCloudLinkId: boolean },
    page: PsiPage,
    emails: string[],
    stored: ReadonlyMap<string, StoredUser>,
    claims: ReadonlyMap<string, string>,
    justSeen: ReadonlyMap<string, string | undefined>,
    via: Queryable,
  ): Promise<Map<string, string>> {
    const seen = new Map(claims);
    for (const email of emails) {
      if (!justSeen.has(email) || seen.has(email)) continue;
      const holder = justSeen.get(email) ?? stored.get(email)?.cloudlinkUserId ?? undefined;
      if (holder !== undefined) seen.set(email, holder);
    }
    const links = new Map<string, string>();
    for (const user of page.users) {
      const email = normaliseEmail(user.email);
      const linked = stored.get(email)?.cloudlinkUserId ?? user.userId;
      if (linked !== user.userId && !seen.has(email)) links.set(email, linked);
    }
    if (!asksByCloudLinkId) return new Map([...seen, ...links]);
    if (links.size === 0) return seen;
    for (const email of await this.scratch.findSeen(key, [...links.keys()], via))
      seen.set(email, links.get(email) ?? '');
    return seen;
  }
}

/** Whom Zoom has by these emails, each by email; `stored`: those of our users who have them. */
function zoomUsersOf(
  emails: readonly string[],
  news: ZoomNews,
  stored: readonly StoredUser[],
): Map<string, ListedZoomUser> {
  const byEmail = indexUsers(stored, (user) => user.email);
  const zoomUsers = new Map<string, ListedZoomUser>();
  for (const email of emails) {
    const zoom = zoomUserOf(email, news, byEmail.get(email));
    if (zoom !== undefined) zoomUsers.set(email, zoom);
  }
  return zoomUsers;
}
