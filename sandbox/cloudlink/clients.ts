import { accountPlan } from '../accounts';
import { empty, json, type Answer } from '../http/answer';
import type { Route, Visit } from '../http/router';
import type { CloudLinkRole } from '../people';
import type { World } from '../world';
import { accountOf } from './accounts';
import type { ServiceClient } from './client-store';
import { cloudlinkCaller } from './cloudlink-caller';
import { refuseCloudlink } from './cloudlink-error';
import type { CloudLinkTokens } from './cloudlink-tokens';
import { collection } from './hal';

const PREFIX = '/cloudlink/admin';
const BASE = `${PREFIX}/2017-09-01/accounts/:account/clients`;
const ROLES: readonly CloudLinkRole[] = ['USER', 'ACCOUNT_ADMIN', 'PARTNER_ADMIN'];

/** `POST|GET /accounts/{id}/clients`, `GET|DELETE …/{clientId}`: service principals of an account, for its admins. */
export function clientRoutes(world: World, tokens: CloudLinkTokens): Route[] {
  const clients = new Clients(world, tokens);
  const service = 'cloudlink' as const;
  return [
    {
      method: 'POST',
      pattern: BASE,
      service,
      kinds: () => ['cloudlink.clients', 'cloudlink.clients.create'],
      handle: (visit) => clients.create(visit),
    },
    {
      method: 'GET',
      pattern: BASE,
      service,
      kinds: () => ['cloudlink.clients', 'cloudlink.clients.list'],
      handle: (visit) => clients.list(visit),
    },
    {
      method: 'GET',
      pattern: `${BASE}/:client`,
      service,
      kinds: () => ['cloudlink.client', 'cloudlink.client.read'],
      handle: (visit) => json(200, clientJson(clients.one(visit))),
    },
    {
      method: 'DELETE',
      pattern: `${BASE}/:client`,
      service,
      kinds: () => ['cloudlink.client', 'cloudlink.client.delete'],
      handle: (visit) => clients.remove(visit),
    },
  ];
}

class Clients {
  constructor(
    private readonly world: World,
    private readonly tokens: CloudLinkTokens,
  ) {}

  create(visit: Visit): Answer {
    const account = this.account(visit);
    const { fields } = visit.request;
    const role = ROLES.find((candidate) => candidate === fields['role']);
    if (fields['type'] !== 'APP' || role === undefined) throw refuseCloudlink(400);
    // Nobody makes a client that may do more than its maker: assumed.
    const { login } = cloudlinkCaller(this.world, this.tokens, visit.request);
    if (role === 'PARTNER_ADMIN' && login.role !== 'PARTNER_ADMIN') throw refuseCloudlink(403);
    const clientId = fields['clientId'];
    if (clientId === '' || (clientId !== undefined && this.isTaken(clientId)))
      throw refuseCloudlink(clientId === '' ? 400 : 409);
    const name = fields['name'] ?? '';
    const createdMs = this.world.clock.now();
    const { client, clientSecret } = this.world.serviceClients.create({ account, role, clientId, name, createdMs });
    return json(201, { ...clientJson(client), clientSecret });
  }

  list(visit: Visit): Answer {
    const account = this.account(visit);
    const mine = this.world.serviceClients.all().filter((client) => client.account === account);
    const self = `/2017-09-01/accounts/${accountPlan(account).cloudlinkAccountId}/clients`;
    return json(200, collection(mine.map(clientJson), self, undefined));
  }

  one(visit: Visit): ServiceClient {
    const account = this.account(visit);
    const client = this.world.serviceClients.find(visit.parameters['client'] ?? '');
    if (client?.account !== account) throw refuseCloudlink(404);
    return client;
  }

  remove(visit: Visit): Answer {
    this.world.removeServiceClient(this.one(visit).clientId);
    return empty(204);
  }

  /** Whether each account may have clients is not known: a switch. */
  private account(visit: Visit): ServiceClient['account'] {
    const account = accountOf(this.world, this.tokens, visit);
    if (this.world.settings.serviceClients === 'refused') throw refuseCloudlink(403);
    return account;
  }

  private isTaken(clientId: string): boolean {
    return this.world.serviceClients.find(clientId) !== undefined || clientId === this.world.options.cloudlinkClientId;
  }
}

/** Without the secret, which only the answer to its creation carries. */
export function clientJson(client: ServiceClient): Record<string, unknown> {
  const accountId = accountPlan(client.account).cloudlinkAccountId;
  return {
    clientId: client.clientId,
    accountId,
    type: 'APP',
    role: client.role,
    name: client.name,
    createdOn: new Date(client.createdMs).toISOString(),
    _links: { self: `/2017-09-01/accounts/${accountId}/clients/${encodeURIComponent(client.clientId)}` },
  };
}
