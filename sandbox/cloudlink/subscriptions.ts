import { accountPlan } from '../accounts';
import { empty, json, type Answer } from '../http/answer';
import type { Route, Visit } from '../http/router';
import type { CloudLinkPrincipal } from '../people';
import type { World } from '../world';
import { cloudlinkCaller, mayAdminister } from './cloudlink-caller';
import { refuseCloudlink } from './cloudlink-error';
import type { CloudLinkTokens } from './cloudlink-tokens';
import { collection } from './hal';
import type { Subscription } from './subscription-store';

const PATH = '/2017-09-01/subscriptions';
const BASE = `/cloudlink/notifications${PATH}`;

/** The notifications service: `POST|GET /subscriptions`, `GET|DELETE /subscriptions/{id}`, for admins of the account. */
export function subscriptionRoutes(world: World, tokens: CloudLinkTokens): Route[] {
  const subscriptions = new Subscriptions(world, tokens);
  const service = 'cloudlink' as const;
  return [
    {
      method: 'POST',
      pattern: BASE,
      service,
      kinds: () => ['cloudlink.subscriptions', 'cloudlink.subscriptions.create'],
      handle: (visit) => subscriptions.create(visit),
    },
    {
      method: 'GET',
      pattern: BASE,
      service,
      kinds: () => ['cloudlink.subscriptions', 'cloudlink.subscriptions.list'],
      handle: (visit) => subscriptions.list(visit),
    },
    {
      method: 'GET',
      pattern: `${BASE}/:subscription`,
      service,
      kinds: () => ['cloudlink.subscription', 'cloudlink.subscription.read'],
      handle: (visit) => json(200, subscriptionJson(world, subscriptions.one(visit))),
    },
    {
      method: 'DELETE',
      pattern: `${BASE}/:subscription`,
      service,
      kinds: () => ['cloudlink.subscription', 'cloudlink.subscription.delete'],
      handle: (visit) => subscriptions.remove(visit),
    },
  ];
}

class Subscriptions {
  constructor(
    private readonly world: World,
    private readonly tokens: CloudLinkTokens,
  ) {}

  create(visit: Visit): Answer {
    const caller = this.caller(visit);
    const { fields } = visit.request;
    const { applicationId = '', deviceId = '', topic = '', transport } = fields;
    // `websocket` exists too, but servers are told to take webhooks.
    if (transport !== 'webhook' || applicationId === '' || topic === '' || !isHttp(deviceId))
      throw refuseCloudlink(400);
    if (!isPattern(fields['subjectFilter']) || !isPattern(fields['methodFilter'])) throw refuseCloudlink(400);
    const { subjectFilter, methodFilter, publicationFilter } = fields;
    const subscription = this.world.subscriptions.add({
      account: caller.account,
      creator: caller.key,
      applicationId,
      deviceId,
      topic,
      subjectFilter,
      methodFilter,
      publicationFilter,
      createdMs: this.world.clock.now(),
    });
    return json(201, subscriptionJson(this.world, subscription));
  }

  list(visit: Visit): Answer {
    const { account } = this.caller(visit);
    const mine = this.world.livingSubscriptions().filter((subscription) => subscription.account === account);
    return json(
      200,
      collection(
        mine.map((subscription) => subscriptionJson(this.world, subscription)),
        PATH,
        undefined,
      ),
    );
  }

  one(visit: Visit): Subscription {
    const { account } = this.caller(visit);
    const wanted = visit.parameters['subscription'];
    const subscription = this.world.livingSubscriptions().find((candidate) => candidate.subscriptionId === wanted);
    if (subscription?.account !== account) throw refuseCloudlink(404);
    return subscription;
  }

  remove(visit: Visit): Answer {
    this.world.subscriptions.remove(this.one(visit).subscriptionId);
    return empty(204);
  }

  /** Subscriptions belong to the caller's own account, also for a partner's admin. */
  private caller(visit: Visit): CloudLinkPrincipal {
    const { login } = cloudlinkCaller(this.world, this.tokens, visit.request);
    if (!mayAdminister(login, login.account)) throw refuseCloudlink(403);
    return login;
  }
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function isPattern(text: string | undefined): boolean {
  try {
    new RegExp(text ?? '');
    return true;
  } catch {
    return false;
  }
}

function subscriptionJson(world: World, subscription: Subscription): Record<string, unknown> {
  const { account, creator, createdMs, subscriptionId, ...asked } = subscription;
  return {
    subscriptionId,
    accountId: accountPlan(account).cloudlinkAccountId,
    principalId: world.principal(creator)?.userId,
    transport: 'webhook',
    ...asked,
    createdOn: new Date(createdMs).toISOString(),
    _links: { self: `${PATH}/${subscriptionId}` },
  };
}
