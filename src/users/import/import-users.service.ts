import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { retryOnDeadlock } from '../../platform/database/retry-on-deadlock';
import { AppError } from '../../platform/errors/app-error';
import { ChoiceWork, type ChoiceCounts } from '../chosen/choice-work';
import { ChooseUsers } from '../chosen/choose-users';
import { ChosenUsersRepository } from '../chosen/chosen-users.repository';
import { membershipOf } from '../chosen/chosen-users.service';
import { countUsersAnew, isTimeToCount } from '../count-users-anew';
import type { Membership } from '../user-record';
import { ProgressReport, type ImportProgress } from './import-progress';
import { ImportTurns } from './import-turns';
import { readImport, type ImportRead } from './read-import';

export interface ImportOrder {
  connectorId: string;
  /** The file as it comes. */
  bytes: AsyncIterable<Buffer>;
  dryRun: boolean;
  /** Whether the good lines of a file count although others are bad. */
  skipInvalid: boolean;
  maxProblems: number;
  actor: Actor;
  /** When it is aborted the work ends, and nothing has changed. */
  signal?: AbortSignal;
  onProgress?: (progress: ImportProgress) => void;
}

export interface ImportResult {
  read: ImportRead;
  /** When it was applied; undefined: nothing has changed. */
  at: Date | undefined;
  /** What changed or, where nothing was applied, what would. */
  counts: ChoiceCounts;
  membership: Membership;
}

/** Adds, and takes out, the users of a file: all of them in one transaction, or none. */
@Injectable()
export class ImportUsers {
  constructor(
    private readonly database: Database,
    private readonly users: ChosenUsersRepository,
    private readonly choose: ChooseUsers,
    private readonly turns: ImportTurns,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not_found`, `connector_not_active`, `conflict`, `unavailable`; `invalid_request` when the file broke off */
  run(order: ImportOrder): Promise<ImportResult> {
    return this.turns.during(order.connectorId, async () => {
      const membership = membershipOf(await this.users.findConnector(order.connectorId, this.database));
      const report = new ProgressReport(order.signal, order.onProgress);
      const hash = createHash('sha256');
      try {
        // Whole before anything is looked up: a slow upload holds no connection to the database, and no lock.
        const read = await readImport(watched(order.bytes, report, hash), {
          maxProblems: order.maxProblems,
          onRecord: report.onLine,
        });
        const isRefused = !read.isUsable || (read.invalid > 0 && !order.skipInvalid);
        if (!order.dryRun && !isRefused) {
          const result = await this.apply(order, read, hash.digest('hex'), report);
          if (isTimeToCount(0, result.counts.insert)) await countUsersAnew(this.database);
          return result;
        }
        const counts = await this.choose.foresee(
          order.connectorId,
          read.wishes,
          membership,
          this.database,
          report.onUsers,
        );
        return { read, at: undefined, counts, membership };
      } catch (error) {
        throw order.signal?.aborted === true ? brokenOff(error) : error;
      }
    });
  }

  private apply(
    { connectorId, actor, signal }: ImportOrder,
    read: ImportRead,
    sha256: string,
    report: ProgressReport,
  ): Promise<ImportResult> {
    return retryOnDeadlock(() =>
      this.database.transaction(async (transaction) => {
        const membership = membershipOf(await this.users.lockConnector(connectorId, transaction));
        const at = this.clock.now();
        const work = new ChoiceWork(connectorId, membership, read.wishes, at, transaction, report.onUsers);
        const counts = await this.choose.apply(work);
        const changed = counts.insert + counts.bring_back + counts.pin + counts.release;
        if (changed > 0) await this.users.wantFullSync(connectorId, transaction);
        const details = detailsOf(read, counts, at, sha256);
        await this.audit.record({ connectorId, ...actor, action: 'users.imported', details }, transaction);
        signal?.throwIfAborted();
        return { read, at, counts, membership };
      }),
    );
  }
}

async function* watched(
  bytes: AsyncIterable<Buffer>,
  report: ProgressReport,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of bytes) {
      report.onBytes(chunk.length);
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    // Of the sender: a connection that was reset must not be taken for one of ours.
    throw error instanceof AppError ? error : brokenOff(error);
  }
}

const brokenOff = (cause: unknown): AppError =>
  new AppError('invalid_request', 'The file broke off before its end: nothing has changed.', { cause });

/**
 * One entry however many users: `at` stands in `chosen_at` of all whom the file added, in `removed_at` of those whom it
 * removed, and the hash tells whether a file that somebody kept is the one.
 */
const detailsOf = (
  read: ImportRead,
  counts: ChoiceCounts,
  at: Date,
  sha256: string,
): Record<string, string | number> => ({
  at: at.toISOString(),
  sha256,
  lines: read.lines,
  skipped: read.invalid,
  added: counts.insert + counts.bring_back,
  pinned: counts.pin,
  alreadyThere: counts.already_there,
  removed: counts.remove,
  released: counts.release,
});
