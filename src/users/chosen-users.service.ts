import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { unknownConnector } from '../access/unknown-connector';
import type { Actor } from '../platform/audit/actor';
import { AuditLog } from '../platform/audit/audit-log';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import { invalidRequest } from '../platform/http/validation';
import { normaliseEmail } from '../platform/text/normalise-email';
import { ChangeLogRepository } from './changes/change-log.repository';
import { ChosenUsersRepository } from './chosen-users.repository';
import { RegistrationsRepository } from './registrations.repository';
import { statusAfterSync } from './status-after-sync';
import { StoredStatusRepository } from './stored-status.repository';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_EMAIL_LENGTH = 254;
// No white space and no control characters, one @ between two parts.
const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

/** The users whom an admin picks by hand (membership `chosen`). */
@Injectable()
export class ChosenUsersService {
  constructor(
    private readonly database: Database,
    private readonly users: ChosenUsersRepository,
    private readonly statuses: StoredStatusRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly changes: ChangeLogRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A user whom CloudLink does not know yet is pending. Harmless when repeated. @throws AppError `not_found`, `invalid_request` */
  async add(connectorId: string, email: string, actor: Actor): Promise<void> {
    const name = checkEmail(email);
    await this.database.transaction(async (transaction) => {
      await this.lockMembership(connectorId, transaction);
      if (!(await this.choose(connectorId, name, transaction))) return;
      await this.users.wantFullSync(connectorId, transaction);
      await this.audit.record({ connectorId, ...actor, action: 'user.chosen', subject: name }, transaction);
    });
  }

  /**
   * Where all users are chosen, the user is removed at once and the credential destroyed; where membership is
   * automatic, the next sync decides whether the user stays. @throws AppError `not_found`, `invalid_request`
   */
  async remove(connectorId: string, email: string, actor: Actor): Promise<void> {
    const name = checkEmail(email);
    await this.database.transaction(async (transaction) => {
      const membership = await this.lockMembership(connectorId, transaction);
      const record = await this.statuses.lock(connectorId, { kind: 'email', value: name }, transaction);
      if (record === undefined || record.status === 'removed') throw notChosen();
      if ((await this.users.membershipOf(record, transaction)) !== 'chosen') throw notChosen();
      if (membership === 'automatic') {
        await this.users.setMembership(record, 'automatic', transaction);
        await this.users.wantFullSync(connectorId, transaction);
      } else {
        const now = this.clock.now();
        const removed = statusAfterSync({
          current: record,
          credential: 'none',
          zoomStatus: record.zoomStatus,
          removed: true,
          registrations: [],
          now,
        });
        await this.users.remove({ ...record, ...removed }, transaction);
        await this.registrations.dropAll(record, transaction);
        const change = { userId: record.userId, kinds: ['removed'] as const };
        await this.changes.append(connectorId, [change], now, transaction);
      }
      await this.audit.record({ connectorId, ...actor, action: 'user.unchosen', subject: name }, transaction);
    });
  }

  /** False when nothing had to change. */
  private async choose(connectorId: string, email: string, transaction: PoolClient): Promise<boolean> {
    const now = this.clock.now();
    const userId = randomUUID();
    if (await this.users.insert({ connectorId, userId, email }, now, transaction)) {
      await this.changes.append(connectorId, [{ userId, kinds: ['added'] }], now, transaction);
      return true;
    }
    const record = await this.statuses.lock(connectorId, { kind: 'email', value: email }, transaction);
    if (record === undefined) throw new Error('a user row vanished under its lock');
    if (record.status === 'removed') {
      const { credentialState: credential, zoomStatus, registrations } = record;
      const back = statusAfterSync({ current: record, credential, zoomStatus, removed: false, registrations, now });
      await this.users.bringBack({ ...record, ...back }, transaction);
      await this.changes.append(connectorId, [{ userId: record.userId, kinds: ['added'] }], now, transaction);
      return true;
    }
    if ((await this.users.membershipOf(record, transaction)) === 'chosen') return false;
    await this.users.setMembership(record, 'chosen', transaction);
    return true;
  }

  private async lockMembership(connectorId: string, transaction: PoolClient): Promise<'automatic' | 'chosen'> {
    const membership = UUID.test(connectorId) ? await this.users.lockMembership(connectorId, transaction) : undefined;
    if (membership === undefined) throw unknownConnector();
    return membership;
  }
}

function checkEmail(email: string): string {
  const name = normaliseEmail(email);
  if (name.length > MAX_EMAIL_LENGTH || !EMAIL.test(name)) {
    throw invalidRequest([
      { field: 'email', rule: `must be an email address of at most ${MAX_EMAIL_LENGTH} characters` },
    ]);
  }
  return name;
}

const notChosen = (): AppError => new AppError('not_found', 'No admin has added this user to the connector.');
