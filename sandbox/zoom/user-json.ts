import { accountPlan } from '../accounts';
import type { ZoomStatus } from '../directory/person';
import type { Roster } from '../directory/roster';
import { zoomRole, type ZoomPerson } from '../people';

/** What the list and the single user have in common, of directory users and of admins. */
interface Basics {
  id: string | undefined;
  email: string;
  firstName: string;
  lastName: string;
  roleId: string;
  roleName: string;
  status: ZoomStatus;
  /** 1 Basic, 2 Licensed. */
  type: number;
  /** Makes the remaining, unimportant fields differ. */
  number: number;
}

const MEMBER = zoomRole('member');

export function directoryBasics(roster: Roster, position: number): Basics {
  const person = roster.person(position);
  const presence = roster.zoomPresence(position);
  const status = presence === 'absent' ? 'active' : presence;
  return {
    // Zoom gives no id to users who have not accepted their invitation.
    id: status === 'pending' ? undefined : roster.zoomIds.shortId(position),
    email: person.zoomEmail,
    firstName: person.firstName,
    lastName: person.lastName,
    ...MEMBER,
    status,
    type: roster.zoomType(position),
    number: position,
  };
}

export function personBasics(person: ZoomPerson): Basics {
  const { id, email, firstName, lastName, status } = person;
  return { id, email, firstName, lastName, ...zoomRole(person.role), status, type: 2, number: 0 };
}

/**
 * One entry of `GET /users`. JSON leaves undefined fields out; spreading optional parts into so large an object instead
 * was measured to be ten times slower.
 */
export function listedUser(user: Basics, clientVersion: string): Record<string, unknown> {
  const isPending = user.status === 'pending';
  return {
    id: user.id,
    email: user.email,
    type: user.type,
    first_name: user.firstName,
    last_name: user.lastName,
    display_name: `${user.firstName} ${user.lastName}`,
    dept: '',
    role_id: user.roleId,
    status: user.status,
    verified: isPending ? 0 : 1,
    timezone: 'Europe/Berlin',
    pmi: 6_000_000_000 + Math.abs(user.number),
    group_ids: [],
    im_group_ids: [],
    division_ids: [],
    user_created_at: '2024-03-01T07:58:03Z',
    created_at: '2024-03-01T07:58:03Z',
    last_login_time: isPending ? undefined : '2025-03-25T05:40:55Z',
    last_client_version: isPending ? undefined : clientVersion,
    plan_united_type: user.type === 2 ? '1' : undefined,
  };
}

/** Enterprise Plus, and for every fifth user an education plan: a bit value beyond 2^53, sent as a raw number. */
const zoomOneType = (number: number): bigint => (number % 5 === 0 ? 576_460_752_303_423_488n : 8n);

/** `GET /users/{id}`. */
export function singleUser(user: Basics, account: 1 | 2, clientVersion: string): Record<string, unknown> {
  const plan = accountPlan(account);
  return {
    ...listedUser(user, clientVersion),
    account_id: plan.zoomAccountId,
    account_number: plan.zoomAccountNumber,
    role_name: user.roleName,
    zoom_one_type: zoomOneType(user.number),
    phone_numbers: [],
    login_types: [100],
    jid: `${(user.id ?? 'invited').toLowerCase()}@xmpp.zoom.us`,
    cluster: 'us02',
    job_title: '',
    location: '',
    language: 'de-DE',
    company: plan.company,
  };
}
