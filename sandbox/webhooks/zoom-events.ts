import { randomBytes } from 'node:crypto';
import { accountPlan, type AccountNumber } from '../accounts';
import type { ZoomPresence } from '../directory/person';
import { zoomRole, type ZoomPerson } from '../people';
import type { World } from '../world';
import type { ZoomWebhooks } from './zoom-webhooks';

/** The part of a user that most user events carry. */
interface EventUser {
  id: string;
  first_name: string;
  last_name: string;
  email: string;
  type: number;
}

export interface EventExtra {
  /** 1 when absent. */
  account?: AccountNumber;
  /** Milliseconds; the sandbox's clock when absent. */
  eventTs?: number;
  /** Added to the payload, or put in the place of what is there. */
  payload?: Record<string, unknown>;
}

/** Zoom's events about users and about the app, with the payloads of its samples. */
export class ZoomEvents {
  constructor(
    private readonly world: World,
    private readonly webhooks: ZoomWebhooks,
  ) {}

  /** @returns the request id; undefined when there is no address to send to */
  send(event: string, object: Record<string, unknown>, extra: EventExtra = {}): string | undefined {
    const account = extra.account ?? 1;
    const payload = {
      account_id: accountPlan(account).zoomAccountId,
      ...this.operator(account),
      ...extra.payload,
      object,
    };
    return this.webhooks.send({ event, eventTs: extra.eventTs ?? this.world.clock.now(), payload });
  }

  /** A directory user went from one state to another. */
  presenceChanged(account: AccountNumber, position: number, from: ZoomPresence, to: ZoomPresence): void {
    const user = this.directoryUser(account, position);
    for (const event of eventsOf(from, to)) this.send(event, { ...user }, { account, payload: EXTRAS[event] ?? {} });
  }

  emailChanged(account: AccountNumber, position: number, from: string, to: string): void {
    const id = this.world.roster(account).zoomIds.shortId(position);
    this.updated(account, { id, email: to }, { id, email: from });
  }

  roleChanged({ id, account, role: to }: ZoomPerson, from: ZoomPerson['role']): void {
    const object = (role: ZoomPerson['role']): Record<string, unknown> => {
      const { roleId, roleName } = zoomRole(role);
      return { id, role: roleName, role_id: roleId };
    };
    this.updated(account, object(to), object(from));
  }

  personChanged(person: ZoomPerson, how: 'deleted' | 'disassociated' | 'deactivated' | 'activated'): void {
    this.send(`user.${how}`, { ...personUser(person) }, { account: person.account });
  }

  /** The app was removed. No `object`, and `event_ts` inside the payload: this event is unlike all others. */
  appDeauthorised({ account, id }: ZoomPerson): void {
    const nowMs = this.world.clock.now();
    const time = new Date(nowMs).toISOString();
    const payload = {
      account_id: accountPlan(account).zoomAccountId,
      user_id: id,
      // How it is made is not documented; receivers ignore it.
      signature: randomBytes(32).toString('hex'),
      deauthorization_time: time,
      client_id: this.world.options.zoomClientId,
      // The sample does not say in which zone: UTC is assumed.
      event_ts: this.world.settings.deauthorisedEventTs === 'text' ? time.slice(0, 19).replace('T', ' ') : nowMs,
    };
    this.webhooks.send({ event: 'app_deauthorized', eventTs: undefined, payload });
  }

  private updated(account: AccountNumber, object: Record<string, unknown>, old: Record<string, unknown>): void {
    const payload = { old_object: old, time_stamp: this.world.clock.now() };
    this.send('user.updated', object, { account, payload });
  }

  /** The owner; when the owner has left or is deactivated, an admin. */
  private operator(account: AccountNumber): Record<string, unknown> {
    const people = this.world.cast.zoomPeople();
    const admins = people.filter((one) => one.account === account && one.status === 'active' && one.role !== 'member');
    const operator = admins.find((person) => person.role === 'owner') ?? admins[0];
    return operator === undefined ? {} : { operator: operator.email, operator_id: operator.id };
  }

  /** Those who have not accepted their invitation have an id here, although lists do not show it: assumed. */
  private directoryUser(account: AccountNumber, position: number): EventUser {
    const roster = this.world.roster(account);
    const { firstName, lastName, zoomEmail } = roster.person(position);
    const id = roster.zoomIds.shortId(position);
    return { id, first_name: firstName, last_name: lastName, email: zoomEmail, type: 2 };
  }
}

function personUser({ id, firstName, lastName, email }: ZoomPerson): EventUser {
  return { id, first_name: firstName, last_name: lastName, email, type: 2 };
}

const EXTRAS: Record<string, Record<string, unknown>> = {
  'user.created': { creation_type: 'create' },
  // The one user event without an operator: it is the user who accepts.
  'user.invitation_accepted': { operator: undefined, operator_id: undefined },
};

/** That an invited or deleted user can be deactivated at once is a shortcut of the sandbox. */
function eventsOf(from: ZoomPresence, to: ZoomPresence): string[] {
  if (from === to) return [];
  switch (to) {
    case 'absent':
      return ['user.deleted'];
    case 'inactive':
      return from === 'absent' ? ['user.created', 'user.deactivated'] : ['user.deactivated'];
    case 'active':
      if (from === 'inactive') return ['user.activated'];
      return from === 'pending' ? ['user.invitation_accepted'] : ['user.created'];
    case 'pending':
      // From active or inactive there is no way back to an invitation.
      return from === 'absent' ? ['user.created'] : [];
  }
}
