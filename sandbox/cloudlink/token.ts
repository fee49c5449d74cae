import { accountPlan } from '../accounts';
import { json, type Answer } from '../http/answer';
import type { SandboxRequest } from '../http/request';
import type { Route, Visit } from '../http/router';
import { provesChallenge } from '../oauth/check-pkce';
import type { Family } from '../oauth/token-families';
import type { CloudLinkLogin } from '../people';
import type { World } from '../world';
import { clientKey } from './client-store';
import { cloudlinkCaller } from './cloudlink-caller';
import { refuseCloudlink, refuseServiceClient } from './cloudlink-error';
import type { CloudLinkTokens } from './cloudlink-tokens';

const BASE = '/cloudlink/auth/2017-09-01';
/** Not documented; Zoom's five minutes. */
const CODE_LIFETIME_MS = 5 * 60_000;

/** CloudLink's authentication service: direct authorize, token (JSON and form), and "who am I". */
export function cloudlinkTokenRoutes(world: World, tokens: CloudLinkTokens): Route[] {
  return [
    {
      method: 'POST',
      pattern: `${BASE}/authorize`,
      service: 'cloudlink',
      kinds: () => ['cloudlink.authorize'],
      handle: ({ request }) => authorize(world, request),
    },
    {
      method: 'POST',
      pattern: `${BASE}/token`,
      service: 'cloudlink',
      kinds: (request) => ['cloudlink.token', `cloudlink.token.${request.fields['grant_type'] ?? 'none'}`],
      handle: (visit) => token(world, tokens, visit),
    },
    {
      method: 'GET',
      pattern: `${BASE}/token`,
      service: 'cloudlink',
      kinds: () => ['cloudlink.whoami'],
      handle: ({ request }) => whoAmI(world, tokens, request),
    },
  ];
}

function checkClient(world: World, clientId: string | undefined): void {
  if (clientId !== undefined && clientId !== world.options.cloudlinkClientId)
    throw refuseCloudlink(401, 'Invalid client_id.');
}

function loginByPassword(world: World, fields: Record<string, string>): CloudLinkLogin {
  const login = world.cast.logins().find((candidate) => candidate.email === fields['username']?.toLowerCase());
  const plan = login === undefined ? undefined : accountPlan(login.account);
  const account = fields['account_id'];
  const isOwnAccount =
    account === undefined || account === plan?.cloudlinkAccountId || account === plan?.cloudlinkAccountNumber;
  if (login === undefined || login.password !== fields['password'] || !isOwnAccount) throw refuseCloudlink(401);
  return login;
}

/** Code without a browser → 201. */
function authorize(world: World, { fields }: SandboxRequest): Answer {
  if (fields['response_type'] !== 'code' || fields['client_id'] === undefined) throw refuseCloudlink(400);
  checkClient(world, fields['client_id']);
  const code = world.cloudlinkCodes.issue({
    person: loginByPassword(world, fields).key,
    clientId: fields['client_id'],
    redirectUri: fields['redirect_uri'],
    challenge: fields['code_challenge'],
    challengeMethod: fields['code_challenge_method'] ?? 'plain',
    issuedMs: world.clock.now(),
  });
  return json(201, { code });
}

function token(world: World, tokens: CloudLinkTokens, visit: Visit): Answer {
  const { fields } = visit.request;
  if (fields['grant_type'] === 'client_credentials') return beginAsClient(world, tokens, fields);
  checkClient(world, fields['client_id']);
  switch (fields['grant_type']) {
    case 'authorization_code':
      return begin(world, tokens, redeem(world, visit));
    case 'password':
      return begin(world, tokens, loginByPassword(world, fields));
    case 'refresh_token':
      return refresh(world, tokens, visit);
    default:
      throw refuseCloudlink(400, 'The grant type is not supported.');
  }
}

function redeem(world: World, { request, fault }: Visit): CloudLinkLogin {
  const code = world.cloudlinkCodes.take(request.fields['code'] ?? '');
  const isTooOld =
    code === undefined || fault?.fault === 'expire-code' || world.clock.now() - code.issuedMs >= CODE_LIFETIME_MS;
  const login = isTooOld ? undefined : world.cast.login(code.person);
  if (isTooOld || login === undefined || request.fields['client_id'] !== code.clientId) throw refuseCloudlink(400);
  // The official sample sends no redirect_uri here; when it is sent it has to be right.
  const redirectUri = request.fields['redirect_uri'];
  if (redirectUri !== undefined && redirectUri !== code.redirectUri) throw refuseCloudlink(400);
  if (!provesChallenge(code.challenge, code.challengeMethod, request.fields['code_verifier']))
    throw refuseCloudlink(400);
  return login;
}

function begin(world: World, tokens: CloudLinkTokens, login: CloudLinkLogin): Answer {
  const family = world.families.open({
    side: 'cloudlink',
    person: login.key,
    clientId: world.options.cloudlinkClientId,
    scope: world.settings.cloudlinkScope,
  });
  return json(200, tokens.answer(family, login, tokens.refreshToken(family, login)));
}

/**
 * A service client's token: no refresh token, as the secret gets another one at any time. `account_id` is the number of
 * the account; its GUID is taken too. Earlier tokens stay valid, and there is one family of them per client.
 */
function beginAsClient(world: World, tokens: CloudLinkTokens, fields: Record<string, string>): Answer {
  const { client_id: clientId, client_secret: secret, account_id: account } = fields;
  if (clientId === undefined || secret === undefined || account === undefined) throw refuseCloudlink(400);
  const client = world.serviceClients.authenticate(clientId, secret);
  const plan = client === undefined ? undefined : accountPlan(client.account);
  const isOwnAccount = account === plan?.cloudlinkAccountNumber || account.toLowerCase() === plan?.cloudlinkAccountId;
  const principal = world.principal(clientKey(clientId));
  if (principal === undefined || !isOwnAccount) throw refuseServiceClient();
  const known = world.families.all().find((family) => family.person === principal.key);
  if (known !== undefined) move(world, known, false);
  const family =
    known ??
    world.families.open({
      side: 'cloudlink',
      person: principal.key,
      clientId,
      scope: world.settings.cloudlinkScope,
    });
  return json(200, tokens.answer(family, principal, undefined));
}

/** Two names of the field are in use, rotation is not documented: both are switches. A used token is refused with 401. */
function refresh(world: World, tokens: CloudLinkTokens, { request, fault }: Visit): Answer {
  const { cloudlinkRefreshField: known, cloudlinkRotation } = world.settings;
  const byLongName = known === 'token' ? undefined : request.fields['refresh_token'];
  const byShortName = known === 'refresh_token' ? undefined : request.fields['token'];
  const given = byLongName ?? byShortName;
  if (given === undefined) throw refuseCloudlink(400);
  const found = tokens.checkRefresh(given);
  if (found === undefined) throw refuseCloudlink(401);
  const { family, login } = found;
  const rotation = fault?.fault === 'no-refresh-token' ? 'omit' : cloudlinkRotation;
  move(world, family, rotation === 'rotate');
  const next = { rotate: tokens.refreshToken(family, login), same: given, omit: undefined }[rotation];
  return json(200, tokens.answer(family, login, next));
}

function move(world: World, family: Family, rotates: boolean): void {
  world.families.change(family, {
    accessNumber: family.accessNumber + 1,
    refreshNumber: family.refreshNumber + (rotates ? 1 : 0),
  });
}

/** All values are strings, numbers and booleans too; `integrationLatency` is the one exception seen. */
function whoAmI(world: World, tokens: CloudLinkTokens, request: SandboxRequest): Answer {
  const { claims, login } = cloudlinkCaller(world, tokens, request);
  const internal = new Set(['fam', 'use', 'num']);
  const shown = Object.entries(claims).filter(([name]) => !internal.has(name));
  return json(200, {
    ...Object.fromEntries(shown.map(([name, value]) => [name, String(value)])),
    role: login.role,
    loginId: login.email,
    aud: 'https://mitel.io/auth/teamwork',
    integrationLatency: 0,
  });
}
