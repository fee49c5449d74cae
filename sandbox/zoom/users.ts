import { collect, type Range } from '../directory/collect';
import type { ZoomStatus } from '../directory/person';
import type { Roster } from '../directory/roster';
import { json, type Answer } from '../http/answer';
import type { SandboxRequest } from '../http/request';
import type { Route, Visit } from '../http/router';
import { zoomPrivileges, type ZoomPerson } from '../people';
import type { World } from '../world';
import { readPageToken, writePageToken } from './page-token';
import { directoryBasics, listedUser, personBasics, singleUser } from './user-json';
import { zoomCaller } from './zoom-caller';
import { refuseZoom, refuseZoomField } from './zoom-error';
import type { ZoomTokens } from './zoom-tokens';

const BASE = '/zoom/v2/users';
const STATUSES: readonly ZoomStatus[] = ['active', 'inactive', 'pending'];
const MAX_PAGE_SIZE = 2000;
const DEFAULT_PAGE_SIZE = 30;
/** Admins come first in the list; no roster begins that low. */
const ADMINS_FROM = -0x40000000;

/** `GET /users`, `/users/{id | email | me}`, `/users/{id}/permissions`. */
export function zoomUserRoutes(world: World, tokens: ZoomTokens): Route[] {
  const users = new ZoomUsers(world, tokens);
  return [
    {
      method: 'GET',
      pattern: BASE,
      service: 'zoom',
      kinds: () => ['zoom.users'],
      handle: (visit) => users.list(visit),
    },
    {
      method: 'GET',
      pattern: `${BASE}/:user`,
      service: 'zoom',
      kinds: () => ['zoom.user'],
      handle: (visit) => users.one(visit),
    },
    {
      method: 'GET',
      pattern: `${BASE}/:user/permissions`,
      service: 'zoom',
      kinds: () => ['zoom.permissions'],
      handle: (visit) => users.permissions(visit),
    },
  ];
}

class ZoomUsers {
  private readonly totals = new Map<string, { revision: number; total: number }>();

  constructor(
    private readonly world: World,
    private readonly tokens: ZoomTokens,
  ) {}

  list({ request, fault }: Visit): Answer {
    const caller = zoomCaller(this.world, this.tokens, request, 'user:read:list_users:admin', 'User:Read');
    const roster = this.world.roster(caller.account);
    const status = readStatus(request);
    const admins = this.world.cast
      .zoomPeople()
      .filter((person) => person.account === caller.account && person.status === status);
    const pageSize = readPageSize(request);
    const start = this.readStart(request, status);
    const ranges: Range[] = [{ from: ADMINS_FROM, to: ADMINS_FROM + admins.length }, roster.range];
    const isEmpty = fault?.fault === 'empty-list';
    const wanted = (position: number): boolean =>
      position < ADMINS_FROM + admins.length || roster.zoomPresence(position) === status;
    const slice = isEmpty ? { positions: [], next: undefined } : collect(ranges, start, pageSize, wanted);
    const { zoomClientVersion } = this.world.settings;
    const total = isEmpty ? 0 : this.total(roster, status) + admins.length;
    return json(200, {
      next_page_token: this.nextToken(status, slice.next),
      page_count: Math.ceil(total / pageSize),
      page_number: 1,
      page_size: pageSize,
      total_records: total,
      users: slice.positions.map((position) => {
        const admin = admins[position - ADMINS_FROM];
        const basics = admin === undefined ? directoryBasics(roster, position) : personBasics(admin);
        return listedUser(basics, zoomClientVersion);
      }),
    });
  }

  one({ request, parameters }: Visit): Answer {
    const caller = zoomCaller(this.world, this.tokens, request, 'user:read:user:admin');
    const wanted = parameters['user'] ?? '';
    const { zoomClientVersion } = this.world.settings;
    const person = this.person(caller, wanted);
    if (person === undefined || person.id !== caller.id) this.needPrivilege(caller);
    if (person !== undefined) return json(200, singleUser(personBasics(person), caller.account, zoomClientVersion));
    const roster = this.world.roster(caller.account);
    const position = roster.findAtZoom(wanted);
    if (position === undefined) throw refuseZoom(404, 1001, `User does not exist: ${wanted}.`);
    return json(200, singleUser(directoryBasics(roster, position), caller.account, zoomClientVersion));
  }

  permissions({ request, parameters }: Visit): Answer {
    const caller = zoomCaller(this.world, this.tokens, request, 'user:read:list_permissions:admin');
    const wanted = parameters['user'] ?? '';
    const person = this.person(caller, wanted);
    if (person !== undefined) return json(200, { permissions: zoomPrivileges(person.role) });
    if (this.world.roster(caller.account).findAtZoom(wanted) === undefined)
      throw refuseZoom(404, 1001, `User does not exist: ${wanted}.`);
    return json(200, { permissions: [] });
  }

  private person(caller: ZoomPerson, wanted: string): ZoomPerson | undefined {
    if (wanted === 'me') return caller;
    const lower = wanted.toLowerCase();
    return this.world.cast
      .zoomPeople()
      .find(
        (person) => person.account === caller.account && (person.id === wanted || person.email.toLowerCase() === lower),
      );
  }

  private needPrivilege(caller: ZoomPerson): void {
    if (!zoomPrivileges(caller.role).includes('User:Read')) throw refuseZoom(400, 200, 'No permission.');
  }

  private readStart(request: SandboxRequest, status: ZoomStatus): number {
    const token = request.query.get('next_page_token');
    if (token === null || token === '') return Number.NEGATIVE_INFINITY;
    const position = readPageToken(token, status, this.world.options.seed, this.world.clock.now());
    if (position === undefined) throw refuseZoom(400, 300, 'The next page token is invalid or expired.');
    return position;
  }

  private nextToken(status: ZoomStatus, position: number | undefined): string {
    if (position === undefined) return '';
    return writePageToken({ status, position, issuedMs: this.world.clock.now() }, this.world.options.seed);
  }

  /** Counting a million users takes some 20 ms: once per change, not once per page. */
  private total(roster: Roster, status: ZoomStatus): number {
    const key = `${roster.plan.number}|${status}`;
    const known = this.totals.get(key);
    if (known?.revision === roster.revision) return known.total;
    let total = 0;
    for (let position = roster.range.from; position < roster.range.to; position += 1)
      if (roster.zoomPresence(position) === status) total += 1;
    this.totals.set(key, { revision: roster.revision, total });
    return total;
  }
}

function readStatus(request: SandboxRequest): ZoomStatus {
  const text = request.query.get('status') ?? 'active';
  const status = STATUSES.find((candidate) => candidate === text);
  if (status === undefined) throw refuseZoomField('status', 'Invalid field.');
  return status;
}

function readPageSize(request: SandboxRequest): number {
  const text = request.query.get('page_size') ?? String(DEFAULT_PAGE_SIZE);
  const size = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (size < 1 || size > MAX_PAGE_SIZE)
    throw refuseZoomField('page_size', `The value must be from 1 to ${MAX_PAGE_SIZE}.`);
  return size;
}
