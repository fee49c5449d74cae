import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { retryOnDeadlock } from '../platform/database/retry-on-deadlock';
import { applyReport } from './apply-report';
import type { WaitingReport } from './report-batcher';
import { RegistrationsRepository, type UserId } from './registrations.repository';
import type { Registration } from './registration';
import { StoredStatusRepository } from './stored-status.repository';
import type { StatusRecord } from './user-record';
import type { StoredStatus } from './user-status';

/** A user of the batch: as stored, and as the reports make them. */
interface Touched {
  stored: StoredStatus & { devices: ReadonlySet<string> };
  record: StatusRecord;
  /** By device: whether more than the time has to be written. */
  devices: Map<string, 'new' | 'repeats'>;
}

/** Writes a batch of reports in one transaction of a few statements, whatever its size. */
@Injectable()
export class ReportWriter {
  constructor(
    private readonly database: Database,
    private readonly statuses: StoredStatusRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly clock: Clock,
  ) {}

  /** Never rejects: each report's own promise tells. */
  async write(batch: readonly WaitingReport[]): Promise<void> {
    try {
      const refused = await retryOnDeadlock(() =>
        this.database.transaction((transaction) => this.apply(batch, transaction)),
      );
      for (const waiting of batch) {
        const refusal = refused.get(waiting);
        if (refusal === undefined) waiting.resolve();
        else waiting.reject(refusal);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** @returns why which reports were refused; the others are stored when the transaction is */
  private async apply(batch: readonly WaitingReport[], transaction: PoolClient): Promise<Map<WaitingReport, unknown>> {
    const refused = new Map<WaitingReport, unknown>();
    const named = new Map(batch.map((waiting) => [waiting.key, waiting]));
    const records = await this.statuses.lockMany([...named.values()], transaction);
    // Taken under the locks, so that the reports of one user are dated in the order in which they are written.
    const now = this.clock.now();
    const touched = new Map<string, Touched>();
    for (const waiting of batch) {
      const record = records.get(waiting.key);
      const before = record === undefined ? undefined : touchedOf(touched, record);
      try {
        const effect = applyReport(record, waiting, now);
        const { deviceId } = waiting.report;
        if (effect !== 'overtaken' && before?.devices.get(deviceId) !== 'new') before?.devices.set(deviceId, effect);
      } catch (error) {
        // Whatever it is, it is about this report or the row of its user: the others are not to suffer for it.
        refused.set(waiting, error);
      }
    }
    await this.store([...touched.values()], transaction);
    return refused;
  }

  private async store(users: Touched[], transaction: PoolClient): Promise<void> {
    const fresh: (UserId & { registration: Registration })[] = [];
    const repeated: typeof fresh = [];
    for (const { record, devices } of users) {
      for (const registration of record.registrations) {
        const effect = devices.get(registration.deviceId);
        const { connectorId, userId } = record;
        if (effect !== undefined) (effect === 'new' ? fresh : repeated).push({ connectorId, userId, registration });
      }
    }
    await this.registrations.putAll(fresh, transaction);
    await this.registrations.extendAll(repeated, transaction);
    for (const { record, stored } of users) {
      const kept = new Set(record.registrations.map(({ deviceId }) => deviceId));
      const surplus = [...stored.devices].filter((deviceId) => !kept.has(deviceId));
      if (surplus.length > 0) await this.registrations.drop(record, surplus, transaction);
    }
    const moved = users.filter(({ stored, record }) => hasMoved(stored, record)).map(({ record }) => record);
    await this.statuses.save(moved, transaction);
  }
}

function touchedOf(touched: Map<string, Touched>, record: StatusRecord): Touched {
  const known = touched.get(record.userId);
  if (known !== undefined) return known;
  const { status, statusSince, statusExpiresAt } = record;
  const devices = new Set(record.registrations.map(({ deviceId }) => deviceId));
  const fresh: Touched = {
    stored: { status, statusSince, statusExpiresAt, devices },
    record,
    devices: new Map(),
  };
  touched.set(record.userId, fresh);
  return fresh;
}

/**
 * A status that only holds longer than was written is left alone: whoever looks at the time that is written derives it
 * anew (follow-time.ts), so renewals need not rewrite the user and seven indexes.
 */
function hasMoved(stored: StoredStatus, now: StoredStatus): boolean {
  if (stored.status !== now.status || stored.statusSince.getTime() !== now.statusSince.getTime()) return true;
  if (stored.statusExpiresAt === null || now.statusExpiresAt === null)
    return stored.statusExpiresAt !== now.statusExpiresAt;
  return now.statusExpiresAt < stored.statusExpiresAt;
}
