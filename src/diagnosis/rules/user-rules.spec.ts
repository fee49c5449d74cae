import { DIAGNOSIS_CODES } from '../diagnosis-code';
import type { CheckFacts, ConnectorFacts, DeviceFacts, TargetFacts, UserFacts } from '../facts';
import { diagnoseUser } from './diagnose-user';
import { USER_RULES } from './user-rules';

const NOW = new Date('2026-11-25T12:00:00Z');

const target = (changes: Partial<TargetFacts> = {}): TargetFacts => ({
  id: 'sbc',
  host: 'sbc.example.com',
  port: 5061,
  transport: 'tls',
  role: 'sbc',
  state: 'ok',
  reason: null,
  since: NOW,
  notAfter: null,
  users: 100,
  ...changes,
});
const down = (reason: TargetFacts['reason']): TargetFacts => target({ state: 'down', reason });
const connector = (changes: Partial<ConnectorFacts> = {}, ...targets: TargetFacts[]): ConnectorFacts => ({
  now: NOW,
  targets: new Map((targets.length === 0 ? [target()] : targets).map((one) => [one.id, one])),
  lostLately: { users: 0, since: null },
  users: 1000,
  registered: 50,
  mobile: { registered: 10, refused: 0 },
  desktop: { registered: 40, refused: 0 },
  syncedAt: NOW,
  syncInterval: 900,
  ...changes,
});
const device = (changes: Partial<DeviceFacts> = {}): DeviceFacts => ({
  platform: 'desktop',
  outcome: 'failed',
  code: null,
  source: null,
  target: null,
  ...changes,
});
const answered = (code: number, changes: Partial<DeviceFacts> = {}): DeviceFacts =>
  device({ code, source: 'registrar', ...changes });
const made = (code: number, changes: Partial<DeviceFacts> = {}): DeviceFacts =>
  device({ code, source: 'client', ...changes });
const live = (changes: Partial<DeviceFacts> = {}): DeviceFacts => device({ outcome: 'registered', ...changes });
const check = (result: CheckFacts['result'], changes: Partial<CheckFacts> = {}): CheckFacts => ({
  result,
  bindings: 0,
  isNewer: true,
  ...changes,
});
const user = (devices: DeviceFacts[], changes: Partial<UserFacts> = {}): UserFacts => ({
  status: devices.some(({ outcome }) => outcome === 'failed') ? 'sip_error' : 'inactive',
  devices,
  targets: ['sbc', 'backup'],
  check: null,
  teleworker: 2,
  zoomPsi: true,
  ...changes,
});

const lost = { lostLately: { users: 20, since: NOW } };
const noMobiles = { mobile: { registered: 0, refused: 3 } };

const TABLE: [name: string, user: UserFacts, connector: ConnectorFacts, code: string | null][] = [
  ['nothing is wrong', user([live()], { status: 'registered' }), connector(), null],
  ['nobody has an app', user([]), connector(), null],
  ['removed', user([answered(401)], { status: 'removed' }), connector(), null],

  [
    '503 of the app, certificate expired',
    user([made(503)]),
    connector({}, down('certificate_expired')),
    'certificate_expired',
  ],
  [
    'the same by the network',
    user([device({ code: 503, source: 'network' })]),
    connector({}, down('certificate_expired')),
    'certificate_expired',
  ],
  ['not yet valid', user([made(503)]), connector({}, down('certificate_not_yet_valid')), 'certificate_not_yet_valid'],
  ['unknown authority', user([made(503)]), connector({}, down('certificate_untrusted')), 'certificate_untrusted'],
  ['another name', user([made(503)]), connector({}, down('certificate_name_mismatch')), 'certificate_name_mismatch'],
  [
    'client certificate',
    user([made(503)]),
    connector({}, down('client_certificate_required')),
    'client_certificate_required',
  ],
  ['wrong port', user([made(408)]), connector({}, down('port_is_plain')), 'target_wrong_port'],
  ['silence', user([made(408)]), connector({}, down('sip_silent')), 'target_silent'],
  ['closed port', user([made(503)]), connector({}, down('connect_refused')), 'target_down'],
  [
    'a registrar answered, so its certificate is not why',
    user([answered(401)]),
    connector({}, down('certificate_expired')),
    'hash_refused',
  ],
  [
    'the target that the app names counts, not the first',
    user([made(503, { target: 'backup' })]),
    connector({}, down('connect_refused'), target({ id: 'backup', role: 'backup_sbc' })),
    'app_cannot_reach_target',
  ],

  ['many are refused at once', user([answered(401)]), connector(lost), 'registrar_lost_users'],
  [
    'four are not many',
    user([answered(401)]),
    connector({ lostLately: { users: 4, since: NOW }, registered: 0 }),
    'hash_refused',
  ],
  [
    'twenty of two hundred are not many',
    user([answered(401)]),
    connector({ ...lost, registered: 180 }),
    'hash_refused',
  ],
  ['many are refused, this one is not answered', user([made(408)]), connector(lost), 'app_cannot_reach_target'],

  ['realm', user([answered(401)], { check: check('realm_mismatch') }), connector(), 'realm_mismatch'],
  ['algorithm', user([answered(401)], { check: check('algorithm_not_offered') }), connector(), 'algorithm_not_offered'],
  [
    'realm, seen by the sweep before anybody fails',
    user([], { check: check('realm_mismatch') }),
    connector(),
    'realm_mismatch',
  ],
  [
    'a check that is older than the failure does not count',
    user([answered(500)], { check: check('realm_mismatch', { isNewer: false }) }),
    connector(),
    'registrar_failed',
  ],

  [
    '403 and one licence for two devices',
    user([answered(403), live({ platform: 'mobile' })], { teleworker: 1 }),
    connector(),
    'licence_missing',
  ],
  [
    '503 for the same reason',
    user([answered(503), live({ platform: 'mobile' })], { teleworker: 1 }),
    connector(),
    'licence_missing',
  ],
  ['403 and no ZoomPSI', user([answered(403)], { zoomPsi: false }), connector(), 'licence_missing'],
  [
    '403 and licences that nobody knows',
    user([answered(403)], { teleworker: null, zoomPsi: null }),
    connector(),
    'unexplained',
  ],
  ['401 is not for want of a licence', user([answered(401)], { teleworker: 0 }), connector(), 'hash_refused'],

  ['our hash is right', user([answered(401)], { check: check('accepted') }), connector(), 'app_credential_outdated'],
  [
    'our hash was right before the failure',
    user([answered(401)], { check: check('accepted', { isNewer: false }) }),
    connector(),
    'hash_refused',
  ],
  ['unknown user', user([answered(404)]), connector(), 'user_unknown'],
  [
    'unknown user, found by the check',
    user([answered(401)], { check: check('user_unknown') }),
    connector(),
    'user_unknown',
  ],

  ['555', user([answered(555, { platform: 'mobile' })]), connector(), 'push_not_supported'],
  [
    'only mobiles are refused',
    user([answered(400, { platform: 'mobile' })]),
    connector(noMobiles),
    'push_not_supported',
  ],
  ['a desktop is refused as well', user([answered(400)]), connector(noMobiles), 'unexplained'],
  [
    'two mobiles say nothing',
    user([answered(400, { platform: 'mobile' })]),
    connector({ mobile: { registered: 0, refused: 2 } }),
    'unexplained',
  ],

  ['hash refused', user([answered(407)]), connector(), 'hash_refused'],
  ['403 of a strict registrar', user([answered(403)], { check: check('forbidden') }), connector(), 'hash_refused'],
  ['503 of the registrar', user([answered(503)]), connector(), 'registrar_overloaded'],
  [
    '503 of the app while the registrar says 503',
    user([made(503)]),
    connector({}, target({ state: 'degraded', reason: 'sip_overloaded' })),
    'registrar_overloaded',
  ],
  ['a fault behind the SBC', user([answered(504)]), connector(), 'registrar_failed'],
  ['we get through', user([made(408)]), connector(), 'app_cannot_reach_target'],
  [
    'we get through, for thirty more days',
    user([made(503)]),
    connector({}, target({ state: 'degraded', reason: 'certificate_expiring' })),
    'app_cannot_reach_target',
  ],
  ['nobody has looked', user([made(503)]), connector({}, target({ state: 'unknown' })), 'unexplained'],
  ['a code that nobody expects', user([answered(488)]), connector(), 'unexplained'],

  [
    'registered where nothing answers',
    user([live({ target: 'sbc' })], { status: 'registered' }),
    connector({}, down('sip_silent')),
    'registered_not_reachable',
  ],
  [
    'registered elsewhere',
    user([live({ target: 'backup' })], { status: 'registered' }),
    connector({}, down('sip_silent'), target({ id: 'backup' })),
    null,
  ],
  [
    'registered, the app does not say where',
    user([live()], { status: 'registered' }),
    connector({}, down('sip_silent')),
    null,
  ],
  [
    'registered, but the registrar knows no device',
    user([live()], { status: 'registered', check: check('accepted') }),
    connector(),
    'registered_not_reachable',
  ],
  [
    'registered, and the registrar knows it',
    user([live()], { status: 'registered', check: check('accepted', { bindings: 1 }) }),
    connector(),
    null,
  ],
  [
    'registered after the registrar was asked',
    user([live()], { status: 'registered', check: check('accepted', { isNewer: false }) }),
    connector(),
    null,
  ],
  ['pending', user([], { status: 'pending' }), connector(), 'credential_pending'],
];

describe('the rules of one user', () => {
  it.each(TABLE)('%s', (_, facts, around, code) => {
    expect(diagnoseUser(facts, around)?.code ?? null).toBe(code);
  });

  it('have a row each', () => {
    const seen = new Set(TABLE.map(([, facts, around]) => diagnoseUser(facts, around)?.code));
    expect(USER_RULES.map(({ code }) => code).filter((code) => !seen.has(code))).toEqual([]);
  });

  it('name each code once', () => {
    const codes = USER_RULES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
    expect(codes.filter((code) => !DIAGNOSIS_CODES.includes(code))).toEqual([]);
  });
});
