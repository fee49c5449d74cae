import { randomUUID } from 'node:crypto';
import type { AccountNumber } from '../accounts';

/** Who wants to be told of what. */
export interface Subscription {
  subscriptionId: string;
  account: AccountNumber;
  /** Key of the person or client that made it. */
  creator: string;
  applicationId: string;
  /** Where to send: CloudLink calls the address of a webhook so. */
  deviceId: string;
  topic: string;
  subjectFilter?: string | undefined;
  methodFilter?: string | undefined;
  /** Kept and shown, but not evaluated: a JSONPath that only Mitel's samples explain. */
  publicationFilter?: string | undefined;
  /** Milliseconds since 1970. */
  createdMs: number;
}

/** Subscriptions outlive the sandbox's process, as they do at a cloud. Their lifetime is not documented: for ever. */
export class SubscriptionStore {
  private readonly subscriptions = new Map<string, Subscription>();

  constructor(
    kept: readonly Subscription[],
    private readonly keep: () => void,
  ) {
    for (const subscription of kept) this.subscriptions.set(subscription.subscriptionId, subscription);
  }

  add(subscription: Omit<Subscription, 'subscriptionId'>): Subscription {
    // 32 hex digits in Mitel's sample.
    const added = { subscriptionId: randomUUID().replaceAll('-', ''), ...subscription };
    this.subscriptions.set(added.subscriptionId, added);
    this.keep();
    return added;
  }

  find(subscriptionId: string): Subscription | undefined {
    return this.subscriptions.get(subscriptionId);
  }

  all(): Subscription[] {
    return [...this.subscriptions.values()];
  }

  remove(subscriptionId: string): void {
    if (this.subscriptions.delete(subscriptionId)) this.keep();
  }
}
