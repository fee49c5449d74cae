import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import { ChangeLogRepository } from '../changes/change-log.repository';
import { statusAfterSync } from '../status-after-sync';
import { nameKey, StoredStatusRepository } from '../stored-status.repository';
import type { Membership } from '../user-record';
import { ChosenUsersRepository, type UserStatusChange } from './chosen-users.repository';
import type { AfterStep, ChoiceCounts, ChoiceWork, Wishes } from './choice-work';
import { CHOICES, decideChoice, type Choice } from './decide-choice';
import { inSteps } from './in-steps';

/** A sync that writes the same users meanwhile is met once or twice, not again and again. */
const ROUNDS = 5;

/** Choices that change a row that is there. */
const MOVES: readonly Choice[] = ['bring_back', 'pin', 'remove', 'release'];

interface Decided {
  email: string;
  /** A new one where the email has no row. */
  userId: string;
  choice: Choice;
}

/** What an admin's wishes come to, for one user or 100 000, in statements that each serve some thousands. */
@Injectable()
export class ChooseUsers {
  constructor(
    private readonly users: ChosenUsersRepository,
    private readonly statuses: StoredStatusRepository,
    private readonly changes: ChangeLogRepository,
  ) {}

  /** What would happen now: changes nothing and locks nothing. */
  async foresee(
    connectorId: string,
    wishes: Wishes,
    membership: Membership,
    via: Queryable,
    afterStep: AfterStep,
  ): Promise<ChoiceCounts> {
    const counts = Object.fromEntries(CHOICES.map((choice) => [choice, 0])) as ChoiceCounts;
    let done = 0;
    for (const emails of inSteps([...wishes.keys()])) {
      for (const { email, present } of await this.users.find(connectorId, emails, via))
        counts[decideChoice(wishes.get(email) ?? 'add', present, membership)] += 1;
      afterStep((done += emails.length));
    }
    return counts;
  }

  /**
   * The connector must be locked, so that no other admin is at it; a sync may be. Users who are to change are locked, in
   * the order of their ids, before any is written. Throws what the work's `afterStep` throws: roll back then.
   * @throws AppError `conflict` when a sync was at the same users again and again
   */
  async apply(work: ChoiceWork): Promise<ChoiceCounts> {
    // In one order, so that two who add the same new users cannot wait for each other in a circle.
    let open = [...work.wishes.keys()].sort();
    for (let round = 1; open.length > 0; round += 1) {
      if (round > ROUNDS) throw overtaken();
      open = await this.round(open, work);
    }
    // Last, because nobody who holds the feed may wait for a user.
    await this.changes.append(work.connectorId, work.changes, work.now, work.transaction);
    return work.counts;
  }

  /** Answers those whom somebody else has changed meanwhile: they are to be decided anew. */
  private async round(emails: readonly string[], work: ChoiceWork): Promise<string[]> {
    const decided = await this.decide(emails, work);
    const moving = decided.filter((one) => MOVES.includes(one.choice)).sort((a, b) => (a.userId < b.userId ? -1 : 1));
    for (const step of inSteps(moving)) {
      await this.users.lock(work.connectorId, step.map(idOf), work.transaction);
      work.step();
    }
    for (const choice of ['already_there', 'not_there'] as const)
      work.add(choice, decided.filter((one) => one.choice === choice).length);
    const again: string[] = [];
    for (const step of inSteps(moving)) again.push(...(await this.move(step, work)));
    for (const step of inSteps(decided.filter((one) => one.choice === 'insert')))
      again.push(...(await this.insert(step, work)));
    return again;
  }

  private async decide(emails: readonly string[], work: ChoiceWork): Promise<Decided[]> {
    const decided: Decided[] = [];
    for (const step of inSteps(emails)) {
      for (const { email, userId, present } of await this.users.find(work.connectorId, step, work.transaction))
        decided.push({ email, userId: userId ?? randomUUID(), choice: work.decide(email, present) });
      work.step();
    }
    return decided;
  }

  private async insert(step: readonly Decided[], work: ChoiceWork): Promise<string[]> {
    const inserted = new Set(await this.users.insert(work.connectorId, step, work.now, work.transaction));
    for (const { email, userId } of step) if (inserted.has(email)) work.changes.push({ userId, kinds: ['added'] });
    work.add('insert', inserted.size);
    return step.flatMap(({ email }) => (inserted.has(email) ? [] : [email]));
  }

  /** They are locked: what they are now, they stay. */
  private async move(step: readonly Decided[], work: ChoiceWork): Promise<string[]> {
    const { connectorId, now, transaction } = work;
    const found = await this.users.find(connectorId, step.map(emailOf), transaction);
    const present = new Map(found.map((user) => [user.email, user]));
    const isSame = ({ email, userId, choice }: Decided): boolean => {
      const user = present.get(email);
      return user?.userId === userId && work.decide(email, user.present) === choice;
    };
    const those = (choice: Choice): Decided[] => step.filter((one) => one.choice === choice && isSame(one));
    await this.users.pin(connectorId, those('pin').map(idOf), now, transaction);
    await this.users.release(connectorId, those('release').map(idOf), transaction);
    const back = await this.statusesOf(those('bring_back'), false, work);
    await this.users.bringBack(connectorId, back, now, transaction);
    const removed = await this.statusesOf(those('remove'), true, work);
    await this.users.remove(connectorId, removed, now, transaction);
    for (const { userId } of back) work.changes.push({ userId, kinds: ['added'] });
    for (const { userId } of removed) work.changes.push({ userId, kinds: ['removed'] });
    for (const choice of MOVES) work.add(choice, those(choice).length);
    return step.filter((one) => !isSame(one)).map(emailOf);
  }

  private async statusesOf(
    step: readonly Decided[],
    removed: boolean,
    { connectorId, now, transaction }: ChoiceWork,
  ): Promise<UserStatusChange[]> {
    if (step.length === 0) return [];
    const named = step.map(({ email }) => ({ connectorId, user: { kind: 'email', value: email } as const }));
    const records = await this.statuses.lockMany(named, transaction);
    return step.map(({ email, userId }) => {
      const current = records.get(nameKey(connectorId, email));
      if (current === undefined) throw new Error('a user row vanished under its lock');
      const { zoomStatus, credentialState } = current;
      const facts = removed
        ? { credential: 'none' as const, registrations: [] }
        : { credential: credentialState, registrations: current.registrations };
      return { userId, ...statusAfterSync({ current, zoomStatus, removed, now, ...facts }) };
    });
  }
}

const idOf = ({ userId }: Decided): string => userId;
const emailOf = ({ email }: Decided): string => email;

const overtaken = (): AppError =>
  new AppError('conflict', 'A sync was changing the same users: try again.', { retryable: true });
