import type { Membership, StoredUser } from './plan-types';

/** Whether the row is that of a user of ours, and not of one whom the next runs take out. */
export const isServed = (user: Pick<StoredUser, 'status' | 'membership'>, membership: Membership): boolean =>
  user.status !== 'removed' && (membership === 'automatic' || user.membership === 'chosen');
