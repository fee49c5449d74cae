import { Injectable } from '@nestjs/common';
import { AppError } from '../../platform/errors/app-error';

/** Each may hold some 50 MB until it is written. */
const MAX_AT_ONCE = 4;

/**
 * One file at a time per connector, so that two admins do not both believe what a dry run has told them, and few in this
 * process. Two processes may read one each: they write one after the other, because they lock the connector.
 */
@Injectable()
export class ImportTurns {
  private readonly busy = new Set<string>();

  /** @throws AppError `conflict`, `unavailable` */
  async during<T>(connectorId: string, work: () => Promise<T>): Promise<T> {
    if (this.busy.has(connectorId))
      throw new AppError('conflict', 'Another file is being imported for this connector: wait for its end.', {
        retryable: true,
      });
    if (this.busy.size >= MAX_AT_ONCE)
      throw new AppError('unavailable', 'Too many files are being imported: try again in a minute.', {
        retryable: true,
        retryAfterSeconds: 60,
      });
    this.busy.add(connectorId);
    try {
      return await work();
    } finally {
      this.busy.delete(connectorId);
    }
  }
}
