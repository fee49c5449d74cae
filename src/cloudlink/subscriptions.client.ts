import type { AsGrant } from '../platform/remote/as-grant';
import { asArray, asObject, asText } from '../platform/remote/read-fields';
import type { RemoteHttp } from '../platform/remote/remote-http';
import { AppError } from '../platform/errors/app-error';
import { expectCloudLink } from './cloudlink-errors';
import { callCloudLink } from './cloudlink-http';

/** A subscription as far as the connector needs to know it. */
export interface CloudLinkSubscription {
  subscriptionId: string;
  /** The address that is called. It holds a secret: do not log it. */
  deviceId: string;
  topic: string;
}

/**
 * CloudLink's notification service (Mitel developer programme, webhook sample). How long a subscription lives is not
 * documented, so it is looked at daily; which topic tells of changed users is our assumption.
 */
export class SubscriptionsClient {
  static readonly USERS_TOPIC = 'platform-api-admin';

  constructor(
    private readonly http: RemoteHttp,
    private readonly notificationsUrl: string,
  ) {}

  async list(grant: AsGrant, signal: AbortSignal): Promise<CloudLinkSubscription[]> {
    const answer = await callCloudLink(
      this.http,
      grant,
      { name: 'cloudlink.subscriptions.list', method: 'GET', url: this.url() },
      signal,
    );
    const body = expectCloudLink(answer, 'cloudlink.subscriptions.list');
    const items = asArray(asObject(body['_embedded'])?.['items']) ?? [];
    return items.flatMap((item) => readSubscription(item) ?? []);
  }

  async create(
    grant: AsGrant,
    wanted: { applicationId: string; deviceId: string; subjectFilter: string },
    signal: AbortSignal,
  ): Promise<CloudLinkSubscription> {
    const answer = await callCloudLink(
      this.http,
      grant,
      {
        name: 'cloudlink.subscriptions.create',
        method: 'POST',
        url: this.url(),
        json: { ...wanted, transport: 'webhook', topic: SubscriptionsClient.USERS_TOPIC },
      },
      signal,
    );
    const body = expectCloudLink(answer, 'cloudlink.subscriptions.create');
    const subscriptionId = asText(body['subscriptionId'], 128);
    if (subscriptionId === undefined) {
      throw new AppError('provider_answer_invalid', 'CloudLink made a subscription without an id.', {
        detail: 'cloudlink.subscriptions.create: subscriptionId missing',
      });
    }
    return { subscriptionId, deviceId: wanted.deviceId, topic: SubscriptionsClient.USERS_TOPIC };
  }

  /** One that is gone already counts as deleted. */
  async delete(grant: AsGrant, subscriptionId: string, signal: AbortSignal): Promise<void> {
    const url = `${this.url()}/${encodeURIComponent(subscriptionId)}`;
    const request = { name: 'cloudlink.subscriptions.delete', method: 'DELETE' as const, url };
    const answer = await callCloudLink(this.http, grant, request, signal);
    if (![200, 202, 204, 404].includes(answer.status)) expectCloudLink(answer, 'cloudlink.subscriptions.delete');
  }

  private url(): string {
    return `${this.notificationsUrl}/2017-09-01/subscriptions`;
  }
}

function readSubscription(item: unknown): CloudLinkSubscription | undefined {
  const body = asObject(item);
  const subscriptionId = asText(body?.['subscriptionId'], 128);
  const deviceId = asText(body?.['deviceId'], 2048);
  const topic = asText(body?.['topic']);
  return subscriptionId === undefined || deviceId === undefined || topic === undefined
    ? undefined
    : { subscriptionId, deviceId, topic };
}
