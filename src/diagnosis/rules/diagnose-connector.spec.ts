import type { ConnectorFacts, DeviceFacts, TargetFacts, UserFacts } from '../facts';
import { diagnoseConnector, type UserGroup } from './diagnose-connector';

const NOW = new Date('2026-11-25T12:00:00Z');
const YESTERDAY = new Date('2026-11-24T12:00:00Z');

const target = (id: string, changes: Partial<TargetFacts> = {}): TargetFacts => ({
  id,
  host: `${id}.example.com`,
  port: 5061,
  transport: 'tls',
  role: 'sbc',
  state: 'ok',
  reason: null,
  since: null,
  notAfter: null,
  users: 500,
  ...changes,
});
const connector = (targets: TargetFacts[], changes: Partial<ConnectorFacts> = {}): ConnectorFacts => ({
  now: NOW,
  targets: new Map(targets.map((one) => [one.id, one])),
  lostLately: { users: 0, since: null },
  users: 1000,
  registered: 100,
  mobile: { registered: 10, refused: 0 },
  desktop: { registered: 90, refused: 0 },
  syncedAt: NOW,
  syncInterval: 900,
  ...changes,
});
const failing = (changes: Partial<DeviceFacts>): UserFacts => ({
  status: 'sip_error',
  devices: [{ platform: 'desktop', outcome: 'failed', code: 503, source: 'client', target: null, ...changes }],
  targets: ['sbc', 'backup'],
  check: null,
  teleworker: 2,
  zoomPsi: true,
});
const group = (facts: UserFacts, users: number, changes: Partial<UserGroup> = {}): UserGroup => ({
  facts,
  users,
  emails: [],
  since: NOW,
  ...changes,
});
const expired = target('sbc', { state: 'down', reason: 'certificate_expired', since: YESTERDAY });
const brief = (connectorFacts: ConnectorFacts, groups: UserGroup[]): unknown[] =>
  diagnoseConnector(connectorFacts, groups).map(({ code, severity, target: at, usersAffected, usersFailing }) => [
    code,
    severity,
    at?.id ?? null,
    usersAffected,
    usersFailing,
  ]);

describe('the diagnosis of a connector', () => {
  it('is empty when nothing is wrong', () => {
    expect(brief(connector([target('sbc')]), [group({ ...failing({}), devices: [], status: 'inactive' }, 9)])).toEqual(
      [],
    );
  });

  it('puts all who fail for one reason under it, whatever their apps call it', () => {
    const groups = [
      group(failing({ code: 503 }), 400, { emails: ['c@x', 'd@x'], since: NOW }),
      group(failing({ code: 408 }), 12, { emails: ['a@x', 'b@x', 'e@x', 'f@x'], since: YESTERDAY }),
    ];
    const [finding, ...others] = diagnoseConnector(connector([expired, target('backup')]), groups);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'certificate_expired',
      usersAffected: 500,
      usersFailing: 412,
      emails: ['a@x', 'b@x', 'c@x', 'd@x', 'e@x'],
      since: YESTERDAY,
    });
  });

  it('tells of a target before anybody fails: as a warning while another one works', () => {
    expect(brief(connector([expired, target('backup')]), [])).toEqual([
      ['certificate_expired', 'warning', 'sbc', 500, 0],
    ]);
    expect(brief(connector([expired, target('backup', { state: 'down', reason: 'dns_failed' })]), [])).toEqual([
      ['certificate_expired', 'error', 'sbc', 500, 0],
      ['target_down', 'error', 'backup', 500, 0],
    ]);
    expect(brief(connector([{ ...expired, users: 0 }]), [])).toEqual([['certificate_expired', 'info', 'sbc', 0, 0]]);
  });

  it('does not count who has the target as hit by what only some apps report of it', () => {
    expect(brief(connector([target('sbc')]), [group(failing({ code: 408 }), 3)])).toEqual([
      ['app_cannot_reach_target', 'error', 'sbc', 3, 3],
    ]);
  });

  it('says nothing about a target to which it may not connect', () => {
    expect(brief(connector([target('sbc', { state: 'unknown', reason: 'address_refused' })]), [])).toEqual([]);
  });

  it('sorts by weight, then by number of users', () => {
    const soon = target('sbc', { state: 'degraded', reason: 'certificate_expiring' });
    const groups = [
      group({ ...failing({}), status: 'pending', devices: [] }, 900),
      group(failing({ code: 401, source: 'registrar' }), 2),
      group(failing({ code: 404, source: 'registrar' }), 7),
      group(failing({ code: 488, source: 'registrar' }), 1),
      group(failing({ code: 420, source: 'registrar' }), 1),
    ];
    expect(brief(connector([soon]), groups)).toEqual([
      ['user_unknown', 'error', null, 7, 7],
      ['hash_refused', 'error', null, 2, 2],
      ['unexplained', 'error', null, 1, 1],
      ['unexplained', 'error', null, 1, 1],
      ['certificate_expiring', 'warning', 'sbc', 500, 0],
      ['credential_pending', 'info', null, 900, 900],
    ]);
  });

  it.each([
    ['never read', null, 900, true],
    ['59 minutes', new Date(NOW.getTime() - 59 * 60_000), 60, false],
    ['an hour and a second', new Date(NOW.getTime() - 3_601_000), 60, true],
    ['three intervals', new Date(NOW.getTime() - 3 * 7_200_000), 7200, false],
    ['more than four', new Date(NOW.getTime() - 4 * 7_200_000 - 1), 7200, true],
  ])('sync_stale: %s', (_, syncedAt, syncInterval, isStale) => {
    const findings = diagnoseConnector(connector([], { syncedAt, syncInterval }), []);
    expect(findings.map(({ code }) => code)).toEqual(isStale ? ['sync_stale'] : []);
  });
});
