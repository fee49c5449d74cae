import type { PoolClient } from 'pg';
import type { UserChange } from '../changes/change-log.repository';
import type { Membership } from '../user-record';
import { CHOICES, decideChoice, type Choice, type Present, type Wish } from './decide-choice';

/** How many users came to what. */
export type ChoiceCounts = Record<Choice, number>;

/** An email, by lower case, and what an admin wants of it. */
export type Wishes = ReadonlyMap<string, Wish>;

/** How many of the wishes are done. May throw to end the work. */
export type AfterStep = (done: number) => void;

/** What is known while wishes are fulfilled in one transaction, and what they have come to so far. */
export class ChoiceWork {
  readonly counts = Object.fromEntries(CHOICES.map((choice) => [choice, 0])) as ChoiceCounts;
  readonly changes: UserChange[] = [];
  private done = 0;

  constructor(
    readonly connectorId: string,
    readonly membership: Membership,
    readonly wishes: Wishes,
    readonly now: Date,
    readonly transaction: PoolClient,
    private readonly afterStep: AfterStep,
  ) {}

  decide(email: string, present: Present): Choice {
    return decideChoice(this.wishes.get(email) ?? 'add', present, this.membership);
  }

  /** @throws what `afterStep` throws */
  add(choice: Choice, count: number): void {
    this.counts[choice] += count;
    this.done += count;
    this.step();
  }

  step(): void {
    this.afterStep(this.done);
  }
}
