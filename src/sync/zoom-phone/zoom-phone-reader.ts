import type { Database, Queryable } from '../../platform/database/database';
import type { Logger } from '../../platform/logging/logger';
import type { AsGrant } from '../../platform/remote/as-grant';
import { ZoomPageTokenExpired } from '../../zoom/zoom-api';
import type { ZoomPhoneApi, ZoomPhoneUser } from '../../zoom/zoom-phone-api';
import { followNext, UNTROUBLED } from '../follow-next';
import { pagesAhead } from '../pages-ahead';
import { RunFailure } from '../run-failure';
import { Slice } from '../slice';
import type { HeldListing, ListingCheckpoint, ZoomPhoneAnswer } from './zoom-phone-listing';
import type { ZoomPhoneListingRepository } from './zoom-phone-listing.repository';
import type { ZoomPhoneUserRepository } from './zoom-phone-user.repository';

/** Zoom's largest page of GET /phone/users. */
export const PHONE_PAGE_SIZE = 100;
const MAX_RESTARTS = 3;

type Reading = Extract<ListingCheckpoint, { step: 'read' }>;
type Applying = Extract<ListingCheckpoint, { step: 'apply' }>;

/** Of the list; the first is 0. */
interface Page {
  number: number;
  users: ZoomPhoneUser[];
}

export interface ReaderOptions {
  /** How long a listing may keep its slot; 0: for one page (default 5 s). */
  sliceSeconds?: number;
  pageSize?: number;
}

/** Reads the list page by page, then lets the users become as it says: nobody's mark moves before the last page has come. */
export class ZoomPhoneReader {
  constructor(
    private readonly database: Database,
    private readonly zoom: ZoomPhoneApi,
    private readonly listings: ZoomPhoneListingRepository,
    private readonly users: ZoomPhoneUserRepository,
    private readonly logger: Logger,
    private readonly options: ReaderOptions = {},
  ) {}

  /**
   * From the checkpoint to the end.
   * @returns what Zoom said, and of how many users that was news
   * @throws SliceOver at the end of a page or batch, when others are to go first
   */
  async run(
    held: HeldListing,
    grant: AsGrant,
    signal: AbortSignal,
  ): Promise<{ answer: ZoomPhoneAnswer; changed: number }> {
    const slice = new Slice(this.options.sliceSeconds);
    const { checkpoint } = held;
    const applying =
      checkpoint.step === 'apply' ? checkpoint : await this.readToEnd(held, checkpoint, grant, slice, signal);
    return this.apply(held, applying, slice, signal);
  }

  private async readToEnd(
    held: HeldListing,
    from: Reading,
    grant: AsGrant,
    slice: Slice,
    signal: AbortSignal,
  ): Promise<Applying> {
    for (let reading = from; ;) {
      try {
        return await this.read(held, reading, grant, slice, signal);
      } catch (error) {
        if (!(error instanceof ZoomPageTokenExpired)) throw error;
        reading = await this.readAgain(held, reading);
      }
    }
  }

  private async read(
    held: HeldListing,
    from: Reading,
    grant: AsGrant,
    slice: Slice,
    signal: AbortSignal,
  ): Promise<Applying> {
    let at = from;
    let { guard } = at;
    const pageSize = this.options.pageSize ?? PHONE_PAGE_SIZE;
    const answers = pagesAhead(
      at.pageToken ?? undefined,
      (pageToken) => this.zoom.listPhoneUsers(grant, { pageToken, pageSize }, signal),
      (answer) => {
        const next = answer.kind === 'page' ? answer.nextPageToken : undefined;
        if (next !== undefined) guard = followNext(guard, next, 'Zoom');
        return next;
      },
      slice,
    );
    for await (const answer of answers) {
      signal.throwIfAborted();
      if (answer.kind !== 'page') return this.beginApplying(held, answer.kind);
      const page = { number: at.guard.pages, users: answer.users };
      if (answer.nextPageToken === undefined) return this.beginApplying(held, 'listed', page);
      at = { ...at, pageToken: answer.nextPageToken, guard };
      await this.save(held, at, (transaction) => this.addPage(held, page, transaction));
    }
    throw new Error('a list has ended without a last page');
  }

  /** A refusal is about everybody: what was read before it does not count any more. */
  private async beginApplying(held: HeldListing, answer: ZoomPhoneAnswer, lastPage?: Page): Promise<Applying> {
    const checkpoint: Applying = { step: 'apply', answer, afterUserId: null, changed: 0 };
    await this.save(held, checkpoint, (transaction) =>
      lastPage === undefined
        ? this.users.clearPages(held.connectorId, transaction)
        : this.addPage(held, lastPage, transaction),
    );
    return checkpoint;
  }

  /** Zoom's page tokens live 15 minutes. Of a list that is read again, what was read before may have changed. */
  private async readAgain(held: HeldListing, { restarts }: Reading): Promise<Reading> {
    if (restarts >= MAX_RESTARTS) {
      throw new RunFailure(
        'provider_answer_invalid',
        'Zoom’s list of Zoom Phone users expires again and again before it is read to its end.',
      );
    }
    const { connectorId } = held;
    this.logger.warn({ connectorId, restarts: restarts + 1 }, 'zoom phone page token expired, the list is read again');
    const again: Reading = { step: 'read', pageToken: null, restarts: restarts + 1, guard: UNTROUBLED };
    await this.save(held, again, (transaction) => this.users.clearPages(connectorId, transaction));
    return again;
  }

  private async apply(
    held: HeldListing,
    from: Applying,
    slice: Slice,
    signal: AbortSignal,
  ): Promise<{ answer: ZoomPhoneAnswer; changed: number }> {
    let at = from;
    for (;;) {
      signal.throwIfAborted();
      let isLast = true;
      await this.database.transaction(async (transaction) => {
        await this.listings.lock(held, transaction);
        const batch = await this.users.applyNext(held.connectorId, at.answer, at.afterUserId, transaction);
        at = { ...at, afterUserId: batch.afterUserId, changed: at.changed + batch.changed };
        isLast = batch.afterUserId === null;
        if (!isLast) await this.listings.save(held, at, transaction);
      });
      if (isLast) return { answer: at.answer, changed: at.changed };
      slice.throwIfOver();
    }
  }

  private addPage(held: HeldListing, page: Page, transaction: Queryable): Promise<void> {
    return this.users.addPage(held.connectorId, page.number, page.users, transaction);
  }

  private async save(
    held: HeldListing,
    checkpoint: ListingCheckpoint,
    write: (transaction: Queryable) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.listings.lock(held, transaction);
      await write(transaction);
      await this.listings.save(held, checkpoint, transaction);
    });
  }
}
