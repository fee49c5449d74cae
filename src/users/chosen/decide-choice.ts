import type { Membership } from '../user-record';

export type Wish = 'add' | 'remove';

/** What is stored under an email; undefined: nothing. */
export type Present = { membership: Membership; isRemoved: boolean } | undefined;

/**
 * What a wish comes to. `pin`: a sync has integrated the user, and now they stay whatever the membership of the connector
 * becomes. `release`: the next sync decides whether they stay.
 */
export const CHOICES = ['insert', 'bring_back', 'pin', 'already_there', 'remove', 'release', 'not_there'] as const;
export type Choice = (typeof CHOICES)[number];

/** Where all users are chosen, who is taken out is removed at once; where membership is automatic, the next sync decides. */
export function decideChoice(wish: Wish, present: Present, connector: Membership): Choice {
  if (wish === 'add') {
    if (present === undefined) return 'insert';
    if (present.isRemoved) return 'bring_back';
    return present.membership === 'chosen' ? 'already_there' : 'pin';
  }
  if (present === undefined || present.isRemoved || present.membership !== 'chosen') return 'not_there';
  return connector === 'chosen' ? 'remove' : 'release';
}
