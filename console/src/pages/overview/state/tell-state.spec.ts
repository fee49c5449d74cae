import type { Connector, DiagnosisItem, Grant, Side, SyncRun } from '../types';
import { tellState } from './tell-state';

const SINCE = '2026-11-20T10:00:00.000Z';
const GRANT: Grant = {
  id: 'grant',
  state: 'active',
  kind: 'admin',
  admin: 'olga@example.com',
  role: 'Owner',
  authorisedAt: SINCE,
  refreshedAt: SINCE,
  checkedAt: SINCE,
  atRisk: null,
  deadReason: null,
  deadAt: null,
};
const LINK = { url: 'https://connector.example.com/oauth/zoom/start?connector=1', expiresAt: SINCE };
const side = (...grants: Partial<Grant>[]): Side => ({
  accountId: 'account',
  grants: grants.map((grant) => ({ ...GRANT, ...grant })),
  reauthorize: null,
});
const CONNECTOR = {
  state: 'active',
  stateSince: SINCE,
  reasons: [],
  disconnectsAt: null,
  syncedAt: SINCE,
  zoom: side({}),
  cloudlink: side({}),
} as unknown as Connector;
const run = (state: SyncRun['state'], rest: Partial<SyncRun> = {}): SyncRun =>
  ({ id: state, state, counts: { missing: 30 }, error: null, ...rest }) as SyncRun;
const item = (severity: DiagnosisItem['severity'], usersFailing: number): DiagnosisItem =>
  ({ severity, usersFailing }) as DiagnosisItem;
const tell = (connector: Partial<Connector>, runs?: SyncRun[], diagnosis?: DiagnosisItem[]) =>
  tellState({ connector: { ...CONNECTOR, ...connector }, runs, diagnosis });

describe('tellState', () => {
  it('says that all is well, and since when the users are as they are', () => {
    expect(tell({}, [run('succeeded')], [item('info', 3), item('warning', 0)])).toEqual({
      kind: 'well',
      syncedAt: SINCE,
    });
  });

  it('says so before anything but the connector is known', () => {
    expect(tell({})).toEqual({ kind: 'well', syncedAt: SINCE });
  });

  it('names who is gone, and where to authorise again', () => {
    const zoom = {
      ...side(
        { state: 'dead', admin: 'first@example.com', deadAt: '2026-11-01T00:00:00.000Z' },
        { state: 'dead', admin: 'last@example.com', deadAt: '2026-11-19T00:00:00.000Z' },
      ),
      reauthorize: LINK,
    };
    const reasons: Connector['reasons'] = [{ provider: 'zoom', code: 'user_left', since: SINCE }];
    expect(tell({ state: 'reauthorization_required', zoom, reasons, disconnectsAt: SINCE })).toEqual({
      kind: 'reauthorise',
      sides: [{ provider: 'zoom', code: 'user_left', admin: 'last@example.com', url: LINK.url }],
      disconnectsAt: SINCE,
    });
  });

  it('warns of an authorisation that may end, before anything of syncs and users', () => {
    const zoom = { ...side({ atRisk: { reason: 'role_missing', since: SINCE } }), reauthorize: LINK };
    expect(tell({ zoom }, [run('failed')], [item('error', 1)])).toEqual({
      kind: 'at_risk',
      sides: [{ provider: 'zoom', code: 'role_missing', admin: 'olga@example.com', url: LINK.url }],
    });
  });

  it('does not mind a standby that may end', () => {
    const zoom = side({}, { state: 'standby', atRisk: { reason: 'role_missing', since: SINCE } });
    expect(tell({ zoom }).kind).toBe('well');
  });

  it('asks for a decision about users who are missing', () => {
    expect(tell({}, [run('awaiting_approval')], [item('error', 1)])).toEqual({ kind: 'approval', missing: 30 });
  });

  it('tells why the last sync has failed, also while the next one runs', () => {
    const error = { code: 'provider_unavailable', message: 'CloudLink cannot be reached.' };
    expect(tell({}, [run('running'), run('failed', { error }), run('succeeded')])).toEqual({
      kind: 'sync_failed',
      ...error,
    });
  });

  it('forgets a failure after a success', () => {
    const error = { code: 'provider_unavailable', message: 'CloudLink cannot be reached.' };
    expect(tell({}, [run('succeeded'), run('failed', { error })]).kind).toBe('well');
  });

  it('adds up whom faults keep from making calls', () => {
    const items = [item('error', 4), item('error', 2), item('warning', 9)];
    expect(tell({}, [], items)).toEqual({ kind: 'faults', faults: 2, failing: 6 });
  });

  it('names the side that is missing', () => {
    expect(tell({ state: 'pending', cloudlink: { ...side(), accountId: null } })).toEqual({
      kind: 'pending',
      missing: ['cloudlink'],
    });
  });

  it('waits for the first sync', () => {
    expect(tell({ syncedAt: null }).kind).toBe('first_sync');
  });

  it('says that it is all over', () => {
    expect(tell({ state: 'disconnected' })).toEqual({ kind: 'disconnected', since: SINCE });
  });
});
