/** What happened to a person of a Zoom account. Meaning: developers.zoom.us, webhooks of "Users". */
export const ZOOM_USER_EVENTS = [
  'user.created',
  'user.invitation_accepted',
  'user.activated',
  'user.deactivated',
  'user.updated',
  'user.deleted',
  'user.disassociated',
] as const;
export type ZoomUserEventName = (typeof ZOOM_USER_EVENTS)[number];

/** The person has removed the app, or somebody has done so for them. */
export const ZOOM_APP_EVENTS = ['app_deauthorized'] as const;
export type ZoomEventName = ZoomUserEventName | (typeof ZOOM_APP_EVENTS)[number];

const NAMES: ReadonlySet<string> = new Set<string>([...ZOOM_USER_EVENTS, ...ZOOM_APP_EVENTS]);

export const isZoomEventName = (name: string): name is ZoomEventName => NAMES.has(name);

/** An event as we keep it: whom to read again, never what they look like now. */
export interface ZoomEvent {
  event: ZoomEventName;
  accountId: string;
  /** The app that was removed; only `app_deauthorized` says so. */
  clientId: string | undefined;
  /** Zoom id of the person. */
  subjectId: string;
  occurredAt: Date | undefined;
}

/** What a signed body turned out to be. */
export type ZoomMessage =
  | { kind: 'validation'; plainToken: unknown }
  | { kind: 'event'; event: ZoomEvent }
  /** Nothing that we follow. */
  | { kind: 'other'; name: string }
  | { kind: 'unreadable' };
