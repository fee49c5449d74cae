import { ACCOUNTS, type AccountNumber, type AccountPlan } from '../accounts';
import { json, type Answer } from '../http/answer';
import type { Route, Visit } from '../http/router';
import type { World } from '../world';
import { cloudlinkCaller, mayAdminister } from './cloudlink-caller';
import { refuseCloudlink } from './cloudlink-error';
import type { CloudLinkTokens } from './cloudlink-tokens';
import { collection } from './hal';

const BASE = '/cloudlink/admin/2017-09-01/accounts';

/** `GET /accounts`, `GET /accounts/{accountId}`. */
export function accountRoutes(world: World, tokens: CloudLinkTokens): Route[] {
  return [
    {
      method: 'GET',
      pattern: BASE,
      service: 'cloudlink',
      kinds: () => ['cloudlink.accounts'],
      handle: ({ request }) => {
        const { login } = cloudlinkCaller(world, tokens, request);
        const visible = ACCOUNTS.filter((plan) => mayAdminister(login, plan.number));
        return json(200, collection(visible.map(accountJson), '/2017-09-01/accounts', undefined));
      },
    },
    {
      method: 'GET',
      pattern: `${BASE}/:account`,
      service: 'cloudlink',
      kinds: () => ['cloudlink.account'],
      handle: (visit) => one(world, tokens, visit),
    },
  ];
}

/**
 * The account in the path, for its admins only.
 * @throws Refusal 401, 403 for others, 404 for an account that does not exist
 */
export function accountOf(world: World, tokens: CloudLinkTokens, { request, parameters }: Visit): AccountNumber {
  const { login } = cloudlinkCaller(world, tokens, request);
  const wanted = parameters['account'] ?? '';
  const plan =
    wanted === 'me'
      ? planOf(login.account)
      : ACCOUNTS.find((candidate) => candidate.cloudlinkAccountId === wanted.toLowerCase());
  if (plan === undefined) throw refuseCloudlink(404);
  if (!mayAdminister(login, plan.number)) throw refuseCloudlink(403);
  return plan.number;
}

const planOf = (account: AccountNumber): AccountPlan | undefined => ACCOUNTS.find((plan) => plan.number === account);

function one(world: World, tokens: CloudLinkTokens, visit: Visit): Answer {
  const plan = planOf(accountOf(world, tokens, visit));
  if (plan === undefined) throw refuseCloudlink(404);
  return json(200, accountJson(plan));
}

function accountJson(plan: AccountPlan): Record<string, unknown> {
  return {
    accountId: plan.cloudlinkAccountId,
    accountNumber: plan.cloudlinkAccountNumber,
    name: plan.company,
    active: true,
    state: 'ACTIVE',
    domain: plan.domain,
    languageCode: 'de',
    partnerId: plan.partnerId,
    policy: { allowGuestAccess: false, allowProxyAuthentication: false },
    accessTokenExpiryHours: 1,
    refreshTokenExpiryHours: 360,
    createdOn: '2024-02-01T08:00:00.000Z',
    modifiedOn: '2025-01-06T08:00:00.000Z',
    _links: { self: `/2017-09-01/accounts/${plan.cloudlinkAccountId}` },
  };
}
