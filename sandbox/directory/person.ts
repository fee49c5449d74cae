import { emailOwner, type Kind } from './kinds';
import { nameOf } from './names';

export type PsiStatus = 'pending' | 'ready' | 'revoked';
export type ZoomStatus = 'active' | 'inactive' | 'pending';
export type ZoomPresence = ZoomStatus | 'absent';

/** The Zoom Phone licence of a user: working, disabled, none. */
export type ZoomPhone = 'activate' | 'deactivate' | 'none';

/** A user who was added after the start. */
export interface Extra {
  email: string;
  firstName: string;
  lastName: string;
  zoom: ZoomPresence;
}

export interface Person {
  position: number;
  firstName: string;
  lastName: string;
  displayName: string;
  /** CloudLink keeps lower case, Zoom what the admin typed: both mean the same person. */
  cloudlinkEmail: string;
  zoomEmail: string;
}

const FIRST_MODIFIED_MS = Date.UTC(2025, 0, 6, 8);

/** When a user was last changed before the sandbox began: spread over four months. */
export function firstModifiedMs(position: number): number {
  return FIRST_MODIFIED_MS + ((Math.abs(position) * 7919) % 10_000_000) * 1000;
}

export function psiStatusOf(kind: Kind): PsiStatus {
  if (kind === 'psi_pending') return 'pending';
  return kind === 'psi_revoked' ? 'revoked' : 'ready';
}

export function zoomPresenceOf(kind: Kind): ZoomPresence {
  switch (kind) {
    case 'zoom_inactive':
      return 'inactive';
    case 'zoom_pending':
      return 'pending';
    case 'missing_at_zoom':
    case 'duplicate_adjacent':
    case 'duplicate_far':
      return 'absent';
    default:
      return 'active';
  }
}

/** A third of all users have the licence, for a quarter of those it is disabled; whatever their kind is otherwise. */
export function zoomPhoneOf(position: number): ZoomPhone {
  if (position % 3 !== 1) return 'none';
  return position % 12 === 4 ? 'deactivate' : 'activate';
}

/** A user of the directory. `nameOffset` comes from the seed: other seeds, other names. */
export function computedPerson(position: number, kind: Kind, domain: string, nameOffset: number): Person {
  const owner = emailOwner(position, kind);
  const { first, last } = nameOf(owner + nameOffset);
  const zoomEmail = `${first.ascii}.${last.ascii}.${owner}@${domain}`;
  const isDuplicate = owner !== position;
  return {
    position,
    firstName: first.name,
    lastName: last.name,
    displayName: `${first.name} ${last.name}${isDuplicate ? ' (alt)' : ''}`,
    cloudlinkEmail: isDuplicate ? zoomEmail : zoomEmail.toLowerCase(),
    zoomEmail,
  };
}

export function addedPerson(position: number, { firstName, lastName, email }: Extra): Person {
  const displayName = `${firstName} ${lastName}`;
  return { position, firstName, lastName, displayName, cloudlinkEmail: email.toLowerCase(), zoomEmail: email };
}
