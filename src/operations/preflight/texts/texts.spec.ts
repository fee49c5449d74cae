import { CHECK_CODES } from '../check-codes';
import type { FindingKey, FindingValues } from '../findings';
import { TEXTS } from './describe-finding';

const affected = { count: 3, examples: ['a@x.de'] };
const at = new Date('2026-11-25T10:00:00.000Z');

/** One set of values for each finding: a finding that is missing here does not compile. */
const VALUES: { [K in FindingKey]: FindingValues[K] } = {
  not_authorised: { side: 'zoom' },
  unreachable: { side: 'zoom', retryAfterSeconds: 7 },
  refused: { side: 'zoom' },
  unreadable: { side: 'zoom' },
  not_synced: {},
  no_users: {},
  authorised: { side: 'zoom', admin: 'o@x.de', kind: 'admin' },
  at_risk: { side: 'zoom', admin: 'o@x.de', reason: 'user_left' },
  token_refused: { side: 'zoom', admin: 'o@x.de' },
  zoom_admin_inactive: { admin: 'o@x.de' },
  zoom_privileges_held: { admin: 'o@x.de', role: 'Owner' },
  zoom_privileges_missing: { admin: 'o@x.de', role: 'IT', missing: ['SipPhone:Edit'] },
  scopes_granted: { side: 'zoom', scopes: ['a', 'b'] },
  scopes_missing: { side: 'zoom', missing: ['a'], isNeeded: true },
  scopes_untold: { side: 'zoom' },
  psi_on: {},
  psi_off: {},
  psi_by_hand: {},
  phone_on: {},
  phone_off: {},
  phone_scope_missing: {},
  phone_privilege_missing: {},
  seats_paid: { integrated: 2, looked: 3, isWhole: true },
  seats_unpaid: { integrated: 2, looked: 3, isWhole: false, unpaid: affected },
  seats_of_nobody: { looked: 3, isWhole: true },
  cloudlink_role_held: { admin: 'o@x.de', role: 'ACCOUNT_ADMIN', kind: 'admin' },
  cloudlink_role_missing: { admin: 'o@x.de', role: 'USER' },
  integration_readable: {},
  integration_refused: {},
  zoom_psi_all: { total: 4 },
  zoom_psi_missing: { total: 4, without: affected },
  teleworker_all: { total: 4 },
  teleworker_missing: { total: 4, without: affected, one: affected },
  all_at_zoom: { total: 4 },
  missing_at_zoom: { missing: affected, notActive: affected },
  all_at_cloudlink: { total: 4, isWhole: true },
  missing_at_cloudlink: { missing: affected, isChosen: false, looked: 9, isWhole: true },
  apps_new_enough: { devices: 4, source: 'reports', untold: 1 },
  apps_too_old: { devices: 4, tooOld: affected, oldest: '6.0.1', source: 'zoom', untold: 0 },
  apps_untold: {},
  targets_answer: { targets: 2, at },
  targets_trouble: { targets: 2, down: ['192.0.2.1:5061 (sbc)'], degraded: [], at },
  targets_not_probed: { handedOut: 2 },
  clock_right: { side: 'zoom', least: -100, most: 900 },
  clock_wrong: { side: 'zoom', least: -91_000, most: -90_000, certain: -90_000 },
  clock_untold: { side: 'zoom' },
  mobile_off_here: {},
  mobile_seen: { devices: 1 },
  mobile_by_hand: {},
  assignment_by_hand: {},
};
const KEYS = Object.keys(VALUES) as FindingKey[];

describe.each(['en', 'de'] as const)('the texts of the look before the start in %s', (language) => {
  const { titles, findings } = TEXTS[language];
  const say = (key: FindingKey, values: object = VALUES[key]): { evidence: string; nextStep: string } =>
    (findings[key] as (values: object) => { evidence: string; nextStep: string })(values);

  it.each(KEYS)('are whole sentences: %s', (key) => {
    const { evidence, nextStep } = say(key);
    for (const text of [evidence, nextStep]) {
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      if (text !== '') expect(text).toMatch(/[.]$/);
    }
    expect(evidence.length).toBeGreaterThan(10);
  });

  it('have a title for each check, and each once', () => {
    expect(new Set(CHECK_CODES.map((code) => titles[code])).size).toBe(CHECK_CODES.length);
  });

  it('carry the values that somebody needs', () => {
    expect(say('zoom_privileges_missing').evidence).toContain('SipPhone:Edit');
    expect(say('scopes_missing', { side: 'cloudlink', missing: ['x:y'], isNeeded: false }).evidence).toContain('x:y');
    expect(say('apps_too_old').evidence).toContain('6.0.1');
    expect(say('targets_trouble').evidence).toContain('192.0.2.1:5061 (sbc)');
    expect(say('unreachable').nextStep).toContain('7 s');
    expect(say('clock_wrong').evidence).toContain(
      language === 'en' ? 'behind ours by at least 90.0 s' : 'um mindestens 90,0 s nach',
    );
    expect(say('clock_wrong', { side: 'zoom', least: 90_000, most: 91_000, certain: 90_000 }).evidence).toContain(
      language === 'en' ? 'ahead of ours by at least 90.0 s' : 'um mindestens 90,0 s vor',
    );
    for (const key of ['mobile_by_hand', 'assignment_by_hand'] as const)
      expect(say(key).nextStep).toContain('Account Management →');
  });
});

it('is not English twice', () => {
  const english = TEXTS.en.findings;
  for (const key of KEYS) {
    const words = (language: 'en' | 'de'): string =>
      (TEXTS[language].findings[key] as (values: object) => { evidence: string })(VALUES[key]).evidence;
    expect(english).toHaveProperty(key);
    expect(words('de')).not.toBe(words('en'));
  }
});
