import { collect } from '../directory/collect';
import type { Roster } from '../directory/roster';
import { json, type Answer } from '../http/answer';
import type { Route, Visit } from '../http/router';
import type { World } from '../world';
import { readPageToken, writePageToken } from './page-token';
import { directoryBasics } from './user-json';
import { zoomCaller } from './zoom-caller';
import { refuseZoom, refuseZoomField } from './zoom-error';
import type { ZoomTokens } from './zoom-tokens';

const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 30;
/** What page tokens of this list say in the place of a status. */
const LIST = 'phone';

/** `GET /phone/users`: who has a Zoom Phone licence, disabled or not. */
export function zoomPhoneUserRoutes(world: World, tokens: ZoomTokens): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/zoom/v2/phone/users',
      service: 'zoom',
      kinds: () => ['zoom.phone_users'],
      handle: (visit) => list(world, tokens, visit),
    },
  ];
}

/** Which privilege the role needs is assumed: Zoom calls those of Zoom Phone PbxAdmin. */
function list(world: World, tokens: ZoomTokens, { request, fault }: Visit): Answer {
  const caller = zoomCaller(world, tokens, request, 'phone:read:list_users:admin', 'PbxAdmin:Read');
  refuseAccount(world);
  const pageSize = readPageSize(request.query.get('page_size'));
  const asked = request.query.get('next_page_token') ?? '';
  const start = readStart(world, asked);
  const roster = world.roster(caller.account);
  const hasPhone = (position: number): boolean => roster.zoomPhone(position) !== 'none';
  const isEmpty = fault?.fault === 'empty-list';
  const slice = isEmpty ? { positions: [], next: undefined } : collect([roster.range], start, pageSize, hasPhone);
  const next = slice.next === undefined ? '' : token(world, slice.next);
  return json(200, {
    // From the second page on, to itself.
    next_page_token: fault?.fault === 'next-loop' && asked !== '' ? asked : next,
    page_size: pageSize,
    total_records: isEmpty ? 0 : count(roster, hasPhone),
    users: slice.positions.map((position) => phoneUser(roster, position)),
  });
}

function refuseAccount(world: World): void {
  switch (world.settings.zoomPhone) {
    case 'enabled':
      return;
    case 'not-enabled':
      throw refuseZoom(403, 2031, 'Zoom Phone has not been enabled for this account.');
    case 'no-permission':
      throw refuseZoom(400, 200, 'No permission.');
    case 'other-site':
      throw refuseZoom(
        400,
        124,
        'You do not have permission, because the current site Munich does not belong to the target sites.',
      );
  }
}

function readPageSize(text: string | null): number {
  const size = Number(text ?? DEFAULT_PAGE_SIZE);
  if (Number.isInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw refuseZoomField('page_size', `The value must be from 1 to ${MAX_PAGE_SIZE}.`);
}

/** Documented with code 400 for this list, and with 300 for GET /users. */
function readStart(world: World, text: string): number {
  if (text === '') return Number.NEGATIVE_INFINITY;
  const position = readPageToken(text, LIST, world.options.seed, world.clock.now());
  if (position === undefined) throw refuseZoom(400, 400, 'The next page token is invalid or expired.');
  return position;
}

const token = (world: World, position: number): string =>
  writePageToken({ status: LIST, position, issuedMs: world.clock.now() }, world.options.seed);

function count(roster: Roster, wanted: (position: number) => boolean): number {
  let total = 0;
  for (let position = roster.range.from; position < roster.range.to; position += 1) if (wanted(position)) total += 1;
  return total;
}

/** That somebody who has not accepted the invitation comes without an id, as in GET /users, is assumed. */
function phoneUser(roster: Roster, position: number): Record<string, unknown> {
  const { id, email, firstName, lastName } = directoryBasics(roster, position);
  return {
    id,
    phone_user_id: `phone${Math.abs(position)}`,
    email,
    name: `${firstName} ${lastName}`,
    extension_id: `extension${Math.abs(position)}`,
    extension_number: 60_000 + Math.abs(position),
    status: roster.zoomPhone(position),
    activation_status: id === undefined ? 'not ready' : 'activated',
    calling_plans: [{ name: 'US/CA Unlimited Calling Plan', type: 200 }],
    phone_numbers: [],
    site: { id: 'sandboxMainSite', name: 'Main Site' },
    department: '',
    cost_center: '',
  };
}
