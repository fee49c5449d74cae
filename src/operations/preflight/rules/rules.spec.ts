import type { ClockReading } from '../../../platform/remote/clock-readings';
import { CHECK_CODES, type CheckCode, type CheckState } from '../check-codes';
import type { Affected, LookFault, PreflightFacts, SeatFacts } from '../facts';
import type { FindingKey } from '../findings';
import { RULES } from './rules';

const nobody: Affected = { count: 0, examples: [] };
const some = (count: number): Affected => ({ count, examples: ['a@x.de'] });

const SEATS: SeatFacts = {
  looked: 12,
  isWhole: true,
  integrated: 10,
  unpaid: nobody,
  notAtCloudLink: nobody,
  clients: [{ version: '6.3.6.1234(win)', ...some(10) }],
};
const T = 1_764_000_000_000;
const reading = (provider: ClockReading['provider'], ahead: number): ClockReading => ({
  provider,
  sentAt: T,
  receivedAt: T + 20,
  date: T + ahead,
});

/** Everything is as it should be. */
const GOOD: PreflightFacts = {
  zoom: {
    grant: {
      admin: 'o@x.de',
      kind: 'admin',
      scope: 'user:read:admin phone:read:admin sip_phone:read:admin',
      atRisk: null,
    },
    admin: {
      seen: {
        email: 'o@x.de',
        roleName: 'Owner',
        isActive: true,
        privileges: ['User:Read', 'SipPhone:Read', 'SipPhone:Edit', 'PbxAdmin:Read'],
      },
    },
    phone: { seen: 'on' },
    phoneSystemIntegration: { seen: 'on' },
    seats: { seen: SEATS },
  },
  cloudlink: {
    grant: { admin: 'c@x.de', kind: 'admin', scope: 'read write', atRisk: null },
    admin: { seen: { email: 'c@x.de', role: 'ACCOUNT_ADMIN' } },
    integration: { seen: true },
  },
  users: {
    syncedAt: new Date(T),
    membership: 'automatic',
    total: 10,
    entitled: 10,
    withoutZoomPsi: nobody,
    withoutTeleworker: nobody,
    oneTeleworker: nobody,
    missingAtZoom: nobody,
    notActiveAtZoom: nobody,
    chosenMissingAtCloudLink: nobody,
  },
  devices: { versions: [{ version: '6.4.0', ...some(3) }], untold: 0, mobileRegistered: 1, mobileCalling: true },
  targets: {
    handedOut: 2,
    lastLook: {
      at: new Date(T),
      targets: [
        { host: '192.0.2.1', port: 5061, role: 'sbc', state: 'ok' },
        { host: '192.0.2.2', port: 5061, role: 'backup_sbc', state: 'ok' },
      ],
    },
  },
  clock: [reading('zoom', 0), reading('cloudlink', 0)],
};

const with_ = (change: {
  zoom?: Partial<PreflightFacts['zoom']>;
  cloudlink?: Partial<PreflightFacts['cloudlink']>;
  users?: Partial<PreflightFacts['users']>;
  devices?: Partial<PreflightFacts['devices']>;
  targets?: Partial<PreflightFacts['targets']>;
  clock?: ClockReading[];
}): PreflightFacts => ({
  zoom: { ...GOOD.zoom, ...change.zoom },
  cloudlink: { ...GOOD.cloudlink, ...change.cloudlink },
  users: { ...GOOD.users, ...change.users },
  devices: { ...GOOD.devices, ...change.devices },
  targets: { ...GOOD.targets, ...change.targets },
  clock: change.clock ?? GOOD.clock,
});

const zoomAdmin = (change: object): PreflightFacts['zoom']['admin'] => ({
  seen: { email: 'o@x.de', roleName: 'Owner', isActive: true, privileges: [], ...change },
});
const grant = (side: 'zoom' | 'cloudlink', change: object): never =>
  ({ grant: { admin: 'o@x.de', kind: 'admin', scope: 'read', atRisk: null, ...change }, side }) as never;
const zoomGrant = (change: object): { zoom: Partial<PreflightFacts['zoom']> } => ({ zoom: grant('zoom', change) });
const cloudlinkGrant = (change: object): { cloudlink: Partial<PreflightFacts['cloudlink']> } => ({
  cloudlink: grant('cloudlink', change),
});
const seats = (change: Partial<SeatFacts>): { zoom: Partial<PreflightFacts['zoom']> } => ({
  zoom: { seats: { seen: { ...SEATS, ...change } } },
});
const fault = (kind: LookFault['kind']): { fault: LookFault } => ({
  fault: kind === 'unreachable' ? { kind, retryAfterSeconds: 7 } : { kind },
});
const target = (
  state: 'ok' | 'degraded' | 'down',
): { host: string; port: number; role: string; state: typeof state } => ({
  host: '192.0.2.1',
  port: 5061,
  role: 'sbc',
  state,
});
const look = (...states: ('ok' | 'degraded' | 'down')[]): { targets: Partial<PreflightFacts['targets']> } => ({
  targets: { lastLook: { at: new Date(T), targets: states.map(target) } },
});
const ALL_PRIVILEGES = ['User:Read', 'SipPhone:Read', 'SipPhone:Edit', 'PbxAdmin:Read'];

/** What is changed of what is good, the check that shows it, its state and what it says. */
const TABLE: [name: string, Parameters<typeof with_>[0], CheckCode, CheckState, FindingKey][] = [
  ['no grant', { zoom: { grant: undefined } }, 'zoom_authorised', 'failed', 'not_authorised'],
  [
    'a grant that died meanwhile',
    { zoom: { admin: fault('not_authorised') } },
    'zoom_authorised',
    'failed',
    'not_authorised',
  ],
  ['a token that is refused', { zoom: { admin: fault('refused') } }, 'zoom_authorised', 'failed', 'token_refused'],
  ['a side that is away', { zoom: { admin: fault('unreachable') } }, 'zoom_authorised', 'unknown', 'unreachable'],
  ['an answer that is none', { zoom: { admin: fault('unreadable') } }, 'zoom_authorised', 'unknown', 'unreadable'],
  ['a grant at risk', zoomGrant({ atRisk: 'user_left' }), 'zoom_authorised', 'warning', 'at_risk'],

  [
    'an admin who is deactivated',
    { zoom: { admin: zoomAdmin({ isActive: false, privileges: ALL_PRIVILEGES }) } },
    'zoom_role',
    'failed',
    'zoom_admin_inactive',
  ],
  ['no privileges', { zoom: { admin: zoomAdmin({}) } }, 'zoom_role', 'failed', 'zoom_privileges_missing'],
  [
    'SipPhone:Edit missing',
    { zoom: { admin: zoomAdmin({ privileges: ['User:Read', 'SipPhone:Read', 'PbxAdmin:Read'] }) } },
    'zoom_role',
    'failed',
    'zoom_privileges_missing',
  ],
  [
    'User:Read missing',
    { zoom: { admin: zoomAdmin({ privileges: ALL_PRIVILEGES.slice(1) }) } },
    'zoom_role',
    'failed',
    'zoom_privileges_missing',
  ],
  [
    'Zoom Phone missing only',
    { zoom: { admin: zoomAdmin({ privileges: ALL_PRIVILEGES.slice(0, 3) }) } },
    'zoom_role',
    'warning',
    'zoom_privileges_missing',
  ],
  ['a side that is away', { zoom: { admin: fault('unreachable') } }, 'zoom_role', 'unknown', 'unreachable'],

  ['no grant', { zoom: { grant: undefined } }, 'zoom_scopes', 'unknown', 'not_authorised'],
  ['scopes untold', zoomGrant({ scope: '' }), 'zoom_scopes', 'unknown', 'scopes_untold'],
  [
    'one needed scope missing',
    zoomGrant({ scope: 'user:read:list_users:admin user:read:user:admin phone:read:admin sip_phone:read:admin' }),
    'zoom_scopes',
    'failed',
    'scopes_missing',
  ],
  [
    'a useful scope missing',
    zoomGrant({ scope: 'user:read:admin sip_phone:read:admin' }),
    'zoom_scopes',
    'warning',
    'scopes_missing',
  ],
  [
    'granular scopes',
    zoomGrant({
      scope:
        'user:read:list_users:admin user:read:user:admin user:read:list_permissions:admin phone:read:settings:admin sip_phone:read:list_sip_phones:admin',
    }),
    'zoom_scopes',
    'ok',
    'scopes_granted',
  ],

  ['PSI off', { zoom: { phoneSystemIntegration: { seen: 'off' } } }, 'zoom_psi_enabled', 'failed', 'psi_off'],
  [
    'may not ask for PSI',
    { zoom: { phoneSystemIntegration: { seen: 'scope_missing' } } },
    'zoom_psi_enabled',
    'manual',
    'psi_by_hand',
  ],
  [
    'a role that may not ask for PSI',
    { zoom: { phoneSystemIntegration: { seen: 'privilege_missing' } } },
    'zoom_psi_enabled',
    'manual',
    'psi_by_hand',
  ],
  [
    'a side that is away',
    { zoom: { phoneSystemIntegration: fault('unreachable') } },
    'zoom_psi_enabled',
    'unknown',
    'unreachable',
  ],

  ['Zoom Phone off', { zoom: { phone: { seen: 'off' } } }, 'zoom_phone_set_up', 'failed', 'phone_off'],
  [
    'no scope for Zoom Phone',
    { zoom: { phone: { seen: 'scope_missing' } } },
    'zoom_phone_set_up',
    'unknown',
    'phone_scope_missing',
  ],
  [
    'no privilege for Zoom Phone',
    { zoom: { phone: { seen: 'privilege_missing' } } },
    'zoom_phone_set_up',
    'unknown',
    'phone_privilege_missing',
  ],
  ['refused', { zoom: { phone: fault('refused') } }, 'zoom_phone_set_up', 'unknown', 'refused'],

  ['one without a paid seat', seats({ unpaid: some(1) }), 'zoom_licence', 'warning', 'seats_unpaid'],
  ['nobody with a paid seat', seats({ unpaid: some(10) }), 'zoom_licence', 'failed', 'seats_unpaid'],
  ['nobody to look at', seats({ integrated: 0 }), 'zoom_licence', 'unknown', 'seats_of_nobody'],

  ['no grant', { cloudlink: { grant: undefined } }, 'cloudlink_authorised', 'failed', 'not_authorised'],
  [
    'a token that is refused',
    { cloudlink: { admin: fault('refused') } },
    'cloudlink_authorised',
    'failed',
    'token_refused',
  ],
  ['a grant at risk', cloudlinkGrant({ atRisk: 'role_missing' }), 'cloudlink_authorised', 'warning', 'at_risk'],
  [
    'a role that is no admin’s',
    { cloudlink: { admin: { seen: { email: 'c@x.de', role: 'USER' } } } },
    'cloudlink_role',
    'failed',
    'cloudlink_role_missing',
  ],
  [
    'no role',
    { cloudlink: { admin: { seen: { email: '', role: '' } } } },
    'cloudlink_role',
    'failed',
    'cloudlink_role_missing',
  ],
  [
    'a partner’s admin',
    { cloudlink: { admin: { seen: { email: 'c@x.de', role: 'PARTNER_ADMIN' } } } },
    'cloudlink_role',
    'ok',
    'cloudlink_role_held',
  ],
  ['scopes untold', cloudlinkGrant({ scope: '' }), 'cloudlink_scopes', 'unknown', 'scopes_untold'],
  ['a scope that reads nothing', cloudlinkGrant({ scope: 'write' }), 'cloudlink_scopes', 'warning', 'scopes_missing'],
  [
    'the scope of Mitel’s description',
    cloudlinkGrant({ scope: 'principal' }),
    'cloudlink_scopes',
    'ok',
    'scopes_granted',
  ],
  ['no grant', { cloudlink: { grant: undefined } }, 'cloudlink_scopes', 'unknown', 'not_authorised'],
  [
    'the list of users refused',
    { cloudlink: { integration: fault('refused') } },
    'cloudlink_integration',
    'failed',
    'integration_refused',
  ],
  [
    'the list of users refused to a role that is no admin’s',
    { cloudlink: { integration: fault('refused'), admin: { seen: { email: 'c@x.de', role: 'USER' } } } },
    'cloudlink_integration',
    'unknown',
    'refused',
  ],
  [
    'everything refused',
    { cloudlink: { integration: fault('refused'), admin: fault('refused') } },
    'cloudlink_integration',
    'unknown',
    'refused',
  ],
  [
    'a side that is away',
    { cloudlink: { integration: fault('unreachable') } },
    'cloudlink_integration',
    'unknown',
    'unreachable',
  ],

  ['no sync yet', { users: { syncedAt: null } }, 'licence_zoom_psi', 'unknown', 'not_synced'],
  ['no users', { users: { total: 0, entitled: 0 } }, 'licence_zoom_psi', 'unknown', 'no_users'],
  ['one without ZoomPSI', { users: { withoutZoomPsi: some(1) } }, 'licence_zoom_psi', 'warning', 'zoom_psi_missing'],
  ['nobody with ZoomPSI', { users: { withoutZoomPsi: some(10) } }, 'licence_zoom_psi', 'failed', 'zoom_psi_missing'],
  ['no sync yet', { users: { syncedAt: null } }, 'licence_teleworker', 'unknown', 'not_synced'],
  [
    'one without Teleworker',
    { users: { withoutTeleworker: some(1) } },
    'licence_teleworker',
    'warning',
    'teleworker_missing',
  ],
  [
    'nobody with Teleworker',
    { users: { withoutTeleworker: some(10) } },
    'licence_teleworker',
    'failed',
    'teleworker_missing',
  ],
  ['everybody with one', { users: { oneTeleworker: some(10) } }, 'licence_teleworker', 'warning', 'teleworker_missing'],

  ['no sync yet', { users: { syncedAt: null } }, 'users_at_zoom', 'unknown', 'not_synced'],
  ['one missing at Zoom', { users: { missingAtZoom: some(1) } }, 'users_at_zoom', 'warning', 'missing_at_zoom'],
  ['one invited only', { users: { notActiveAtZoom: some(1) } }, 'users_at_zoom', 'warning', 'missing_at_zoom'],
  [
    'all missing at Zoom',
    { users: { missingAtZoom: some(10), total: 0, entitled: 0 } },
    'users_at_zoom',
    'failed',
    'missing_at_zoom',
  ],
  ['nobody anywhere', { users: { total: 0 } }, 'users_at_zoom', 'unknown', 'no_users'],
  ['no sync yet', { users: { syncedAt: null } }, 'users_at_cloudlink', 'unknown', 'not_synced'],
  [
    'one missing at CloudLink',
    seats({ notAtCloudLink: some(2) }),
    'users_at_cloudlink',
    'warning',
    'missing_at_cloudlink',
  ],
  [
    'all missing at CloudLink',
    seats({ notAtCloudLink: some(12) }),
    'users_at_cloudlink',
    'failed',
    'missing_at_cloudlink',
  ],
  [
    'chosen ones only, and others missing',
    { users: { membership: 'chosen' }, ...seats({ notAtCloudLink: some(9) }) },
    'users_at_cloudlink',
    'ok',
    'all_at_cloudlink',
  ],
  [
    'a chosen one missing',
    { users: { membership: 'chosen', chosenMissingAtCloudLink: some(1) } },
    'users_at_cloudlink',
    'warning',
    'missing_at_cloudlink',
  ],
  ['Zoom away', { zoom: { seats: fault('unreachable') } }, 'users_at_cloudlink', 'unknown', 'unreachable'],

  [
    'one old app',
    {
      devices: {
        versions: [
          { version: '6.3.5', ...some(1) },
          { version: '6.10.0', ...some(2) },
        ],
      },
    },
    'app_version',
    'warning',
    'apps_too_old',
  ],
  [
    'only old apps',
    { devices: { versions: [{ version: '5.17.0', ...some(2) }] } },
    'app_version',
    'failed',
    'apps_too_old',
  ],
  [
    'apps that say nonsense',
    { devices: { versions: [{ version: 'latest', ...some(2) }] } },
    'app_version',
    'unknown',
    'apps_untold',
  ],
  ['apps that say nothing', { devices: { versions: [], untold: 2 } }, 'app_version', 'unknown', 'apps_untold'],
  [
    'no report, and Zoom saw old apps',
    { devices: { versions: [] }, ...seats({ clients: [{ version: '6.2.0(mac)', ...some(2) }] }) },
    'app_version',
    'failed',
    'apps_too_old',
  ],
  ['no report, and Zoom saw new ones', { devices: { versions: [] } }, 'app_version', 'ok', 'apps_new_enough'],
  [
    'no report, and Zoom away',
    { devices: { versions: [] }, zoom: { seats: fault('unreachable') } },
    'app_version',
    'unknown',
    'unreachable',
  ],

  ['never probed', { targets: { lastLook: undefined } }, 'targets_reachable', 'unknown', 'targets_not_probed'],
  ['one down', look('ok', 'down'), 'targets_reachable', 'warning', 'targets_trouble'],
  ['one in trouble', look('ok', 'degraded'), 'targets_reachable', 'warning', 'targets_trouble'],
  ['all down', look('down', 'down'), 'targets_reachable', 'failed', 'targets_trouble'],

  ['Zoom two minutes ahead', { clock: [reading('zoom', 120_000)] }, 'clock_zoom', 'warning', 'clock_wrong'],
  ['Zoom two minutes behind', { clock: [reading('zoom', -120_000)] }, 'clock_zoom', 'warning', 'clock_wrong'],
  ['Zoom ten minutes ahead', { clock: [reading('zoom', 600_000)] }, 'clock_zoom', 'failed', 'clock_wrong'],
  ['Zoom ten minutes behind', { clock: [reading('zoom', -600_000)] }, 'clock_zoom', 'failed', 'clock_wrong'],
  ['half a minute', { clock: [reading('zoom', 30_000)] }, 'clock_zoom', 'ok', 'clock_right'],
  ['no answer of Zoom', { clock: [reading('cloudlink', 600_000)] }, 'clock_zoom', 'unknown', 'clock_untold'],
  [
    'CloudLink ten minutes behind',
    { clock: [reading('zoom', 0), reading('cloudlink', -600_000)] },
    'clock_cloudlink',
    'failed',
    'clock_wrong',
  ],

  ['no mobile app registered', { devices: { mobileRegistered: 0 } }, 'mobile_calling', 'manual', 'mobile_by_hand'],
  [
    'mobile calling switched off here',
    { devices: { mobileCalling: false } },
    'mobile_calling',
    'warning',
    'mobile_off_here',
  ],
];

describe('the rules of the look before the start', () => {
  it.each(CHECK_CODES.filter((code) => code !== 'automatic_phone_assignment'))(
    'finds nothing wrong with %s where all is well',
    (code) => {
      expect([code, RULES[code](GOOD).state]).toEqual([code, 'ok']);
    },
  );

  it('always asks for a look at automatic phone assignment', () => {
    expect(RULES.automatic_phone_assignment(GOOD)).toMatchObject({ state: 'manual', key: 'assignment_by_hand' });
  });

  it.each(TABLE)('%s: %j', (_name, change, code, state, key) => {
    expect(RULES[code](with_(change))).toMatchObject({ state, key });
  });

  it('breaks each requirement at least once', () => {
    const broken = new Set(TABLE.filter(([, , , state]) => state !== 'ok').map(([, , code]) => code));
    expect(CHECK_CODES.filter((code) => !broken.has(code))).toEqual(['automatic_phone_assignment']);
  });

  it('leaves the checks of one side alone when the other is away', () => {
    const away = fault('unreachable');
    const facts = with_({ zoom: { admin: away, phone: away, phoneSystemIntegration: away, seats: away } });
    const bad = CHECK_CODES.filter((code) => !['ok', 'manual'].includes(RULES[code](facts).state));
    expect(bad).toEqual([
      'zoom_authorised',
      'zoom_role',
      'zoom_psi_enabled',
      'zoom_phone_set_up',
      'zoom_licence',
      'users_at_cloudlink',
    ]);
  });

  it('names the privileges and scopes that are missing', () => {
    expect(RULES.zoom_role(with_({ zoom: { admin: zoomAdmin({ privileges: ['User:Read'] }) } })).values).toMatchObject({
      missing: ['SipPhone:Read', 'SipPhone:Edit', 'PbxAdmin:Read'],
    });
    expect(RULES.zoom_scopes(with_(zoomGrant({ scope: 'user:read:admin' }))).values).toMatchObject({
      missing: ['phone:read:settings:admin', 'sip_phone:read:list_sip_phones:admin'],
    });
  });

  it('names the oldest app by its numbers, not its letters', () => {
    const versions = ['6.3.10', '6.2.9', '6.2.10'].map((version) => ({ version, ...some(1) }));
    expect(RULES.app_version(with_({ devices: { versions } })).values).toMatchObject({
      oldest: '6.2.9',
      tooOld: { count: 2, examples: ['a@x.de'] },
    });
  });
});
