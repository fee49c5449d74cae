import { randomUUID } from 'node:crypto';
import { accountPlan, type AccountNumber } from '../accounts';
import type { Subscription } from '../cloudlink/subscription-store';
import { directoryUser, loginUser } from '../cloudlink/user-json';
import type { CloudLinkLogin } from '../people';
import type { World } from '../world';
import { Outbox, type DeliveryProgress, type Sending } from './outbox';

export interface Notification extends DeliveryProgress {
  /** The same in all attempts and copies, and for all subscriptions that the publication goes to. */
  publicationId: string;
  subscriptionId: string;
  method: Method;
  subject: string;
}

type Method = 'POST' | 'PUT' | 'DELETE';

/** Nothing is documented about retries: a few soon ones are assumed. */
const RETRY_MINUTES = [1, 2, 4];
/** The only evidence of a topic for changed users is a third party's. */
const TOPIC = 'platform-api-admin';

/** Tells subscribers of changed CloudLink users. */
export class CloudLinkNotifications {
  readonly outbox: Outbox<Omit<Notification, keyof DeliveryProgress>>;

  constructor(private readonly world: World) {
    this.outbox = new Outbox({
      now: () => world.clock.now(),
      minuteMs: () => world.settings.webhookMinuteMs,
      timeoutMs: () => world.settings.webhookTimeoutMs,
    });
  }

  /** A telephone user was added, changed or removed. */
  userChanged(account: AccountNumber, position: number, method: Method): void {
    this.publish(account, method, directoryUser(this.world.roster(account), position));
  }

  /** Somebody who can log in was changed or removed. */
  loginChanged(login: CloudLinkLogin, method: Method): void {
    this.publish(login.account, method, loginUser(this.world.roster(login.account), login));
  }

  private publish(account: AccountNumber, method: Method, user: Record<string, unknown>): void {
    const { cloudlinkAccountId: accountId } = accountPlan(account);
    const userId = String(user['userId']);
    const subject = `/2017-09-01/accounts/${accountId}/users/${userId}`;
    const now = new Date(this.world.clock.now()).toISOString();
    // With the user's `sipPassword`, as in admin answers. What is gone has nothing left to show.
    const content = method === 'DELETE' ? { userId, accountId, modifiedOn: now } : { ...user, modifiedOn: now };
    const publication = {
      publicationId: randomUUID(),
      topic: TOPIC,
      method,
      subject,
      content,
      publisher: { accountId, principalId: this.publisher(account) ?? userId },
    };
    for (const subscription of this.world.livingSubscriptions())
      if (subscription.account === account && wants(subscription, publication)) this.send(subscription, publication);
  }

  private send(subscription: Subscription, publication: Publication): void {
    const { subscriptionId } = subscription;
    const correlationId = randomUUID();
    const createdOn = new Date(this.world.clock.now()).toISOString();
    const notification = { createdOn, correlationId };
    const whole = { ...publication, subscription: { subscriptionId }, notification };
    const body = Buffer.from(JSON.stringify(whole), 'utf8');
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      // That the application's id comes in a header is documented, the header's name is not: assumed.
      'x-mitel-application-id': subscription.applicationId,
      'x-mitel-correlation-id': correlationId,
    };
    const { publicationId, method, subject } = publication;
    const { notificationCopies, notificationShuffle } = this.world.settings;
    const sending: Sending = {
      retryMinutes: RETRY_MINUTES,
      judge: (status) => (status >= 200 && status < 300 ? 'delivered' : 'retry'),
      compose: () => {
        const isAlive = this.world.livingSubscriptions().some((one) => one.subscriptionId === subscriptionId);
        return isAlive ? { url: subscription.deviceId, headers, body } : undefined;
      },
    };
    for (let copy = 0; copy < notificationCopies; copy += 1)
      this.outbox.add({ publicationId, subscriptionId, method, subject }, sending, notificationShuffle);
  }

  /** In whose name users are changed: an admin of the account. Assumed. */
  private publisher(account: AccountNumber): string | undefined {
    return this.world.cast.logins().find((login) => login.account === account && login.role === 'ACCOUNT_ADMIN')
      ?.userId;
  }
}

interface Publication {
  publicationId: string;
  topic: string;
  method: Method;
  subject: string;
}

/**
 * Filters are regular expressions, as Mitel's forum has them for subjects; the beginning of a path, as in the samples, is
 * one too.
 */
function wants(
  { topic, subjectFilter, methodFilter }: Subscription,
  { subject, method, ...what }: Publication,
): boolean {
  const isSubject = subjectFilter === undefined || new RegExp(subjectFilter).test(subject);
  const isMethod = methodFilter === undefined || new RegExp(`^(${methodFilter})$`, 'i').test(method);
  return topic === what.topic && isSubject && isMethod;
}
