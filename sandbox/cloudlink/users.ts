import { collect } from '../directory/collect';
import { json, type Answer } from '../http/answer';
import type { Route, Visit } from '../http/router';
import type { World } from '../world';
import { accountOf } from './accounts';
import { cloudlinkCaller } from './cloudlink-caller';
import { refuseCloudlink } from './cloudlink-error';
import type { CloudLinkTokens } from './cloudlink-tokens';
import { collection, withQuery } from './hal';
import { readSkipToken, readTop, writeSkipToken } from './read-odata';
import { directoryUser, loginUser } from './user-json';

const BASE = '/cloudlink/admin/2017-09-01/accounts/:account/users';
/** The largest `$top` that is known to be in use. */
const MAX_TOP = 10_000;
const LOGINS_FROM = -0x40000000;

/** `GET /accounts/{id}/users`, `…/users/{userId | me}`. Answers carry `sipPassword` in clear, as the real ones do. */
export function cloudlinkUserRoutes(world: World, tokens: CloudLinkTokens): Route[] {
  return [
    {
      method: 'GET',
      pattern: BASE,
      service: 'cloudlink',
      kinds: () => ['cloudlink.users'],
      handle: (visit) => list(world, tokens, visit),
    },
    {
      method: 'GET',
      pattern: `${BASE}/:user`,
      service: 'cloudlink',
      kinds: () => ['cloudlink.user'],
      handle: (visit) => one(world, tokens, visit),
    },
  ];
}

function list(world: World, tokens: CloudLinkTokens, visit: Visit): Answer {
  const roster = world.roster(accountOf(world, tokens, visit));
  const logins = world.cast.logins().filter((login) => login.account === roster.plan.number);
  const top = readTop(visit.request, 100, MAX_TOP);
  const start = readSkipToken(visit.request)?.position ?? LOGINS_FROM;
  const ranges = [{ from: LOGINS_FROM, to: LOGINS_FROM + logins.length }, roster.range];
  const wanted = (position: number): boolean =>
    position < LOGINS_FROM + logins.length || roster.isAtCloudlink(position);
  const isEmpty = visit.fault?.fault === 'empty-list';
  const slice = isEmpty ? { positions: [], next: undefined } : collect(ranges, start, top, wanted);
  const items = slice.positions.map((position) => {
    const login = logins[position - LOGINS_FROM];
    return login === undefined ? directoryUser(roster, position) : loginUser(roster, login);
  });
  const path = `/2017-09-01/accounts/${roster.plan.cloudlinkAccountId}/users`;
  const skiptoken = slice.next === undefined ? undefined : writeSkipToken({ position: slice.next, changes: 0 });
  const next = skiptoken === undefined ? undefined : withQuery(path, { $top: String(top), $skiptoken: skiptoken });
  return json(200, collection(items, withQuery(path, { $top: String(top) }), next));
}

function one(world: World, tokens: CloudLinkTokens, visit: Visit): Answer {
  const roster = world.roster(accountOf(world, tokens, visit));
  const { login: caller } = cloudlinkCaller(world, tokens, visit.request);
  const wanted = visit.parameters['user'] ?? '';
  const userId = wanted === 'me' ? caller.userId : wanted;
  const login = world.cast
    .logins()
    .find((candidate) => candidate.account === roster.plan.number && candidate.userId === userId);
  if (login !== undefined) return json(200, loginUser(roster, login));
  const position = roster.findAtCloudlink(userId);
  if (position === undefined) throw refuseCloudlink(404);
  return json(200, directoryUser(roster, position));
}
