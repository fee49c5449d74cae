/** Choices that the public documents leave open, or that tests want both ways. */
export interface Settings {
  /** `_links.next` as `/2017-09-01/…` (Mitel's samples) or as a whole URL. */
  nextLinks: 'relative' | 'absolute';
  /** `offset`: what is added or removed before the reader's place moves that place, as with $skip. */
  paging: 'keyset' | 'offset';
  /** Ends a PSI listing with one more, empty page (without `_embedded`). */
  trailingEmptyPage: boolean;
  /**
   * What the PSI listing makes of `$filter=modifiedOn gt '…'`, which no document promises: it filters, gives the whole
   * list, or refuses with this status.
   */
  psiFilter: 'works' | 'ignored' | '400' | '404' | '422' | '501';
  /** PSI items say when they were changed; `some`: those at even positions do not. */
  psiModifiedOn: 'all' | 'some';
  /** Some PSI items carry clear-text passwords, which a connector must drop unseen. */
  strayPasswords: boolean;
  /** `same`: the old refresh token comes again; `omit`: the answer brings none. Both leave the old one valid. */
  cloudlinkRotation: 'rotate' | 'same' | 'omit';
  /** Which name of the refresh token's field CloudLink understands: sources disagree. */
  cloudlinkRefreshField: 'both' | 'refresh_token' | 'token';
  /** CloudLink may throttle or block apps that do not say who they are. */
  requireMitelApp: boolean;
  /** Granted at the next consent. */
  zoomScope: string;
  /** Under which status Zoom says that a scope is missing (4711): documents and sightings differ. */
  zoomScopeStatus: '400' | '401' | '403';
  /**
   * What becomes of `GET /phone/users`: the account has no Zoom Phone (403/2031), the admin no right to it (400/200), or none
   * to this site (400 with the code 124 that otherwise speaks of tokens).
   */
  zoomPhone: 'enabled' | 'not-enabled' | 'no-permission' | 'other-site';
  /** Whether Zoom has enabled Phone System Integration for its customers. */
  zoomPsi: 'on' | 'off';
  /** In which app Zoom saw its users last. */
  zoomClientVersion: string;
  /** By how much a vendor's clock is ahead of the sandbox's, as its `Date` headers tell. */
  zoomDateSkewMs: number;
  cloudlinkDateSkewMs: number;
  /** What CloudLink's next tokens are for. */
  cloudlinkScope: string;
  /** Zoom has switched the app off (4717). */
  zoomAppDisabled: boolean;
  /** An admin of the account has withdrawn the approval of the app (4738). */
  zoomAdminDisabled: boolean;
  /** What a deactivated admin's tokens do; Zoom does not document it. */
  zoomInactiveAdminTokens: 'work' | 'refused';
  /** Real milliseconds per minute that a webhook waits for its retry. */
  webhookMinuteMs: number;
  /** How long a receiver may take to answer; Zoom documents three seconds. */
  webhookTimeoutMs: number;
  /** A retry is stamped and signed anew. Zoom does not document it; false: both stay as they were. */
  webhookResign: boolean;
  /** How often each Zoom event is delivered, with the same request id. */
  webhookCopies: number;
  /** Zoom events are held until `releaseWebhooks()`, which sends them mixed up. */
  webhookShuffle: boolean;
  /** Zoom's documents show the body's keys in several orders; `mixed` takes them in turn. */
  webhookKeyOrder: 'event-first' | 'payload-first' | 'mixed';
  /** `event_ts` of `app_deauthorized`: a text in Zoom's sample, a number in its own library's types. */
  deauthorisedEventTs: 'text' | 'number';
  /** How often each CloudLink notification is delivered, with the same publication id. */
  notificationCopies: number;
  /** As `webhookShuffle`, for CloudLink. */
  notificationShuffle: boolean;
  /** Whether a subscription goes when the person or client that made it goes; not documented. */
  cloudlinkSubscriptionsDieWithCreator: boolean;
  /** Whether CloudLink lets accounts have service clients; existing ones go on working. */
  serviceClients: 'allowed' | 'refused';
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  nextLinks: 'relative',
  paging: 'keyset',
  trailingEmptyPage: false,
  psiFilter: 'works',
  psiModifiedOn: 'all',
  strayPasswords: true,
  cloudlinkRotation: 'rotate',
  cloudlinkRefreshField: 'both',
  requireMitelApp: false,
  zoomScope:
    'user:read:list_users:admin user:read:user:admin user:read:list_permissions:admin phone:read:list_users:admin phone:read:settings:admin sip_phone:read:list_sip_phones:admin',
  zoomScopeStatus: '400',
  zoomPhone: 'enabled',
  zoomPsi: 'on',
  zoomClientVersion: '6.3.6.1234(win)',
  zoomDateSkewMs: 0,
  cloudlinkDateSkewMs: 0,
  cloudlinkScope: 'read write',
  zoomAppDisabled: false,
  zoomAdminDisabled: false,
  zoomInactiveAdminTokens: 'work',
  webhookMinuteMs: 60_000,
  webhookTimeoutMs: 3000,
  webhookResign: false,
  webhookCopies: 1,
  webhookShuffle: false,
  webhookKeyOrder: 'event-first',
  deauthorisedEventTs: 'text',
  notificationCopies: 1,
  notificationShuffle: false,
  cloudlinkSubscriptionsDieWithCreator: true,
  serviceClients: 'allowed',
};
