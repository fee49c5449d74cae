import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { unknownConnector } from '../../access/unknown-connector';
import { parseUserKey } from '../../access/user-key';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { retryOnDeadlock } from '../../platform/database/retry-on-deadlock';
import { AppError } from '../../platform/errors/app-error';
import { invalidRequest } from '../../platform/http/validation';
import type { Membership } from '../user-record';
import { MAX_EMAIL_LENGTH, readEmail } from './check-email';
import { ChoiceWork } from './choice-work';
import { ChooseUsers } from './choose-users';
import { ChosenUsersRepository } from './chosen-users.repository';
import type { Choice, Wish } from './decide-choice';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The users whom an admin picks by hand (membership `chosen`), one by one. */
@Injectable()
export class ChosenUsersService {
  constructor(
    private readonly database: Database,
    private readonly users: ChosenUsersRepository,
    private readonly choose: ChooseUsers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * A user whom CloudLink does not know yet is pending. Harmless when repeated.
   * @returns the email as it is stored, and whether the user is new to the connector, or back
   * @throws AppError `not_found`, `connector_not_active`, `invalid_request`
   */
  async add(connectorId: string, email: string, actor: Actor): Promise<{ email: string; isNew: boolean }> {
    const name = checkEmail(email);
    const choice = await this.settle(connectorId, name, 'add', actor);
    return { email: name, isNew: choice === 'insert' || choice === 'bring_back' };
  }

  /**
   * Where all users are chosen, the user is removed at once and the credential destroyed; where membership is
   * automatic, the next sync decides whether the user stays.
   * @param user email or Zoom user id
   * @throws AppError `not_found`, `connector_not_active`, `invalid_request`
   */
  async remove(connectorId: string, user: string, actor: Actor): Promise<void> {
    const key = parseUserKey(user);
    const known = key.kind === 'email' || !UUID.test(connectorId) ? user : await this.nameOf(connectorId, key.value);
    if ((await this.settle(connectorId, checkEmail(known), 'remove', actor)) === 'not_there') throw notChosen();
  }

  private async nameOf(connectorId: string, zoomUserId: string): Promise<string> {
    const email = await this.users.emailOf(connectorId, zoomUserId, this.database);
    if (email === undefined) throw notChosen();
    return email;
  }

  private settle(connectorId: string, email: string, wish: Wish, actor: Actor): Promise<Choice> {
    return retryOnDeadlock(() =>
      this.database.transaction(async (transaction) => {
        const membership = await this.lockMembership(connectorId, transaction);
        const wishes = new Map([[email, wish]]);
        const now = this.clock.now();
        const work = new ChoiceWork(connectorId, membership, wishes, now, transaction, () => undefined);
        const choice = onlyOne(await this.choose.apply(work));
        if (choice === 'already_there' || choice === 'not_there') return choice;
        if (choice !== 'remove') await this.users.wantFullSync(connectorId, transaction);
        const action = wish === 'add' ? 'user.chosen' : 'user.unchosen';
        await this.audit.record({ connectorId, ...actor, action, subject: email }, transaction);
        return choice;
      }),
    );
  }

  private async lockMembership(connectorId: string, transaction: PoolClient): Promise<Membership> {
    const connector = UUID.test(connectorId) ? await this.users.lockConnector(connectorId, transaction) : undefined;
    return membershipOf(connector);
  }
}

/** @throws AppError `not_found`, `connector_not_active` */
export function membershipOf(connector: { membership: Membership; state: string } | undefined): Membership {
  if (connector === undefined) throw unknownConnector();
  if (connector.state === 'disconnected')
    throw new AppError('connector_not_active', 'The connector is disconnected: it has no users any more.');
  return connector.membership;
}

const onlyOne = (counts: Record<Choice, number>): Choice =>
  (Object.keys(counts) as Choice[]).find((choice) => counts[choice] > 0) ?? 'not_there';

function checkEmail(email: string): string {
  const read = readEmail(email);
  if ('email' in read) return read.email;
  const rule = `must be an email address of at most ${MAX_EMAIL_LENGTH} characters`;
  throw invalidRequest([{ field: 'email', rule }]);
}

const notChosen = (): AppError => new AppError('not_found', 'No admin has added this user to the connector.');
