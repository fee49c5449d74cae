import { collect, type Slice } from '../directory/collect';
import type { Roster } from '../directory/roster';
import type { Fault } from '../faults';
import { json, type Answer } from '../http/answer';
import type { SandboxRequest } from '../http/request';
import type { Route, Visit } from '../http/router';
import type { World } from '../world';
import { accountOf } from './accounts';
import type { CloudLinkTokens } from './cloudlink-tokens';
import { refuseCloudlink } from './cloudlink-error';
import { collection, withQuery } from './hal';
import { isDated, psiItem } from './psi-item';
import { readModifiedSince, readSkipToken, readTop, writeSkipToken, type SkipToken } from './read-odata';

const PREFIX = '/cloudlink/admin';
const MAX_TOP = 1000;

/** `GET /accounts/{accountId}/psi/users?$top=&$skiptoken=&$filter=modifiedOn gt '…'`: an emulator invention. */
export function psiRoutes(world: World, tokens: CloudLinkTokens): Route[] {
  return [
    {
      method: 'GET',
      pattern: `${PREFIX}/2017-09-01/accounts/:account/psi/users`,
      service: 'cloudlink',
      kinds: (request) =>
        request.query.has('$filter') ? ['cloudlink.psi', 'cloudlink.psi.changed'] : ['cloudlink.psi'],
      handle: (visit) => list(world, tokens, visit),
    },
  ];
}

function list(world: World, tokens: CloudLinkTokens, visit: Visit): Answer {
  const { request, fault } = visit;
  const roster = world.roster(accountOf(world, tokens, visit));
  const top = readTop(request, 100, MAX_TOP);
  const since = wantedSince(world, request);
  const token = readSkipToken(request);
  const wanted = (position: number): boolean =>
    roster.isAtCloudlink(position) &&
    (since === undefined || (isDated(position, world.settings) && roster.modifiedMs(position) >= since));
  const start = token === undefined ? roster.range.from : shifted(world, roster, token);
  const slice: Slice =
    fault?.fault === 'empty-list' ? { positions: [], next: undefined } : collect([roster.range], start, top, wanted);
  const items = slice.positions.map((position) => psiItem(roster, position, world.settings));

  const path = `/2017-09-01/accounts/${roster.plan.cloudlinkAccountId}/psi/users`;
  const link = (skiptoken: string | undefined): string =>
    withQuery(path, { $top: String(top), $filter: request.query.get('$filter') ?? undefined, $skiptoken: skiptoken });
  const self = link(request.query.get('$skiptoken') ?? undefined);
  const next = nextPosition(world, roster, slice, items.length);
  const nextLink =
    next === undefined ? undefined : link(writeSkipToken({ position: next, changes: roster.changes.length }));
  return json(200, collection(items, self, bend(world, fault, { next: nextLink, self, first: link(undefined) })));
}

/** By the setting: filtered, not filtered, or refused. @throws Refusal */
function wantedSince(world: World, request: SandboxRequest): number | undefined {
  const since = readModifiedSince(request);
  const { psiFilter } = world.settings;
  if (since === undefined || psiFilter === 'works') return since;
  if (psiFilter === 'ignored') return undefined;
  throw refuseCloudlink(Number(psiFilter));
}

function nextPosition(world: World, roster: Roster, slice: Slice, count: number): number | undefined {
  if (slice.next !== undefined) return slice.next;
  return world.settings.trailingEmptyPage && count > 0 ? roster.range.to : undefined;
}

/** With offset paging the reader's place moves when the list grows or shrinks before it: users come twice, or never. */
function shifted(world: World, roster: Roster, token: SkipToken): number {
  if (world.settings.paging === 'keyset') return token.position;
  let position = token.position;
  for (const change of roster.changes.slice(token.changes)) {
    if (change.position >= position) continue;
    position = roster.neighbour(position, change.delta === 1 ? -1 : 1);
  }
  return position;
}

interface Links {
  next: string | undefined;
  self: string;
  first: string;
}

/**
 * A relative link begins with `/2017-09-01/…`, as in Mitel's samples: relative to the service, whatever path prefix the
 * service has here. By RFC 3986 it would lead to the root of the host, outside of the prefix; the samples have no
 * prefix and do not tell. An absolute link carries the prefix.
 */
function bend(world: World, fault: Fault | undefined, links: Links): string | undefined {
  if (fault?.fault === 'foreign-next')
    return `${fault.origin ?? 'https://elsewhere.invalid'}${links.next ?? links.first}`;
  const chosen = fault?.fault === 'next-loop' ? (fault.to === 'first' ? links.first : links.self) : links.next;
  if (chosen === undefined) return undefined;
  return world.settings.nextLinks === 'absolute' ? `${world.baseUrl}${PREFIX}${chosen}` : chosen;
}
