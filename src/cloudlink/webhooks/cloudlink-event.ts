/**
 * The topic of users and accounts. Mitel's documents only name it; whatever it tells is a hint that is followed by
 * reading again.
 */
export const CLOUDLINK_ADMIN_TOPIC = 'platform-api-admin';

export const CLOUDLINK_EVENTS = ['user.changed', 'user.deleted', 'account.changed'] as const;
export type CloudLinkEventName = (typeof CLOUDLINK_EVENTS)[number];

/** A publication as we keep it, in our own words. */
export interface CloudLinkEvent {
  publicationId: string;
  event: CloudLinkEventName;
  /** The account in which it happened. */
  accountId: string;
  /** CloudLink id of the user; undefined when it is about nobody in particular. */
  userId: string | undefined;
  occurredAt: Date | undefined;
}

/** What a body turned out to be. */
export type CloudLinkMessage =
  { kind: 'event'; event: CloudLinkEvent } | { kind: 'other'; topic: string } | { kind: 'unreadable' };
