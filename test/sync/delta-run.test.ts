import { ConnectorRepository } from '../../src/connector/connector.repository';
import { PagePreparer } from '../../src/sync/page-preparer';
import type { SyncRun } from '../../src/sync/sync-run';
import { DeltaHarness } from './delta-harness';

const OVERLAP_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
const USERS = 60;

/** Positions of the sandbox's directory; what is special about some, `sandbox/directory/kinds.ts` says. */
const PLAIN = 3;
const OTHER = 7;
const WITHOUT_ZOOM = 9;
const REFUSED_DUPLICATE = 27;
const DUPLICATED = 26;

const sumOf = ({ counts }: SyncRun): number => counts.created + counts.updated + counts.unchanged + counts.problems;

describe('a delta run', () => {
  let delta: DeltaHarness;
  let first: SyncRun;
  beforeEach(async () => {
    delta = await DeltaHarness.open(USERS);
    first = await delta.scheduled();
    delta.asked();
  });
  afterEach(() => delta.close());

  it('asks for the changed users only, and writes nobody else', async () => {
    expect(first).toMatchObject({ state: 'succeeded', mode: 'full', trigger: 'connect' });
    const before = await delta.versions();
    const sealed = (await delta.user(PLAIN))?.['md5_ha1'];
    delta.control.changeCredential(1, PLAIN);
    delta.control.setPsiStatus(1, OTHER, 'revoked');
    const run = await delta.scheduled();
    expect(run).toMatchObject({
      state: 'succeeded',
      mode: 'delta',
      phase: 'done',
      counts: { read: 2, created: 0, updated: 2, unchanged: 0, removed: 0, problems: 0, missing: 0 },
    });
    expect(delta.asked()).toEqual({ 'cloudlink.psi': 1, 'cloudlink.psi.changed': 1 });
    const after = await delta.versions();
    const written = [...after].filter(([email, version]) => before.get(email) !== version).map(([email]) => email);
    expect(written.sort()).toEqual([delta.emailOf(PLAIN), delta.emailOf(OTHER)].sort());
    expect((await delta.user(PLAIN))?.['md5_ha1']).not.toEqual(sealed);
    expect(await delta.user(OTHER)).toMatchObject({ credential_state: 'revoked', md5_ha1: null });
    // What is read twice because of the overlap is not written twice.
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { read: 2, updated: 0, unchanged: 2 } });
    expect(await delta.versions()).toEqual(after);
    const { rows } = await delta.sync.database.query(
      'select (select count(*)::int from sync_run_seen) as seen, (select count(*)::int from sync_run_zoom_news) as zoom',
    );
    expect(rows).toEqual([{ seen: 0, zoom: 0 }]);
  });

  it('takes in at once somebody whom an admin adds while their page is on its way', async () => {
    const { database } = delta.sync;
    await database.query('delete from integrated_users where email = $1', [delta.emailOf(PLAIN)]);
    delta.control.changeCredential(1, PLAIN);
    const { prepare } = PagePreparer.prototype;
    const between = jest.spyOn(PagePreparer.prototype, 'prepare').mockImplementationOnce(async function (
      this: PagePreparer,
      ...given
    ) {
      const page = await prepare.apply(this, given);
      await database.query(
        `insert into integrated_users (connector_id, user_id, email, membership, status, status_since, created_at, chosen_at)
         values ($1, gen_random_uuid(), $2, 'chosen', 'pending', now(), now(), now())`,
        [delta.connectorId, delta.emailOf(PLAIN)],
      );
      return page;
    });
    const run = await delta.scheduled();
    between.mockRestore();
    expect(run).toMatchObject({ state: 'succeeded', mode: 'delta', counts: { read: 1, created: 0, updated: 1 } });
    expect(await delta.user(PLAIN)).toMatchObject({
      membership: 'chosen',
      credential_state: 'ready',
      status: 'inactive',
    });
  });

  it('moves the time of what was read last, and keeps that of the next full run', async () => {
    const started = first.startedAt?.getTime() ?? 0;
    const before = await delta.row();
    expect(before.from).toBeCloseTo(started - OVERLAP_MS, -2);
    expect(before.nextFull).toBeGreaterThan(Date.now() + 5.3 * HOUR_MS);
    expect(before.nextFull).toBeLessThan(Date.now() + 6.7 * HOUR_MS);
    const run = await delta.scheduled();
    const after = await delta.row();
    expect(after).toMatchObject({ nextFull: before.nextFull, reason: null });
    expect(after.from).toBeCloseTo((run.startedAt?.getTime() ?? 0) - OVERLAP_MS, -2);
    const { rows } = await delta.sync.database.query<{ at: Date }>('select synced_at as at from connectors');
    expect(rows[0]?.at).toEqual(run.finishedAt);
  });

  it('finds who was changed during the run before, after their page was read, however long that run took', async () => {
    await delta.sync.syncRuns.enqueue(delta.connectorId, 'manual');
    await delta.sync.database.query(
      `update sync_runs set started_at = now() - interval '2 hours' where state = 'queued'`,
    );
    await delta.set(`delta_from = delta_from - interval '3 hours'`);
    // The page was read two hours ago, the change came half an hour later.
    delta.cloudlink.onPage = () => {
      delta.cloudlink.onPage = () => undefined;
      delta.control.advanceClock(-1.5 * HOUR_MS);
      delta.control.changeCredential(1, PLAIN);
      delta.control.advanceClock(1.5 * HOUR_MS);
    };
    expect(await delta.attempt()).toMatchObject({ mode: 'full', counts: { updated: 0 } });
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { read: 1, updated: 1 } });
  });

  it('finds what a clock stamped that is ten minutes behind', async () => {
    delta.control.advanceClock(-10 * 60_000);
    delta.control.changeCredential(1, PLAIN);
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { read: 1, updated: 1 } });
  });

  it('removes nobody; the full run does, when it is due by its own schedule', async () => {
    delta.control.setAtCloudlink(1, PLAIN, false);
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { removed: 0, missing: 0 } });
    expect(await delta.user(PLAIN)).toMatchObject({ status: 'inactive' });
    await delta.set(`next_full_sync_at = now() - interval '1 second'`);
    expect(await delta.scheduled()).toMatchObject({ mode: 'full', counts: { removed: 0, missing: 1 } });
    // Who was missed for the first time is looked for again soon.
    expect((await delta.row()).nextFull).toBeLessThan(Date.now() + 15 * 60_000);
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { removed: 0 } });
    expect(await delta.user(PLAIN)).toMatchObject({ status: 'inactive' });
    await delta.set(`next_full_sync_at = now() - interval '1 second'`);
    expect(await delta.scheduled()).toMatchObject({ mode: 'full', counts: { removed: 1 } });
    expect(await delta.user(PLAIN)).toMatchObject({ status: 'removed' });
    expect((await delta.row()).nextFull).toBeGreaterThan(Date.now() + 5.3 * HOUR_MS);
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta' });
  });

  it('does not move its watermark when it fails, and a full run follows', async () => {
    const { from } = await delta.row();
    delta.control.setFault({ kind: 'cloudlink.psi.changed', fault: '403' });
    delta.control.changeCredential(1, PLAIN);
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', state: 'failed' });
    expect(await delta.row()).toMatchObject({ from, reason: null });
    expect(await delta.scheduled()).toMatchObject({ mode: 'full', state: 'succeeded', counts: { updated: 1 } });
    delta.control.clearFaults();
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', state: 'succeeded' });
  });

  it('looks a user up at Zoom who is new, or was not there before', async () => {
    delta.control.addUser(1, 'end', { email: 'nele.neu@nordwind.example' });
    delta.control.addUser(1, 'end', { email: 'nobody@nordwind.example', zoom: 'absent' });
    delta.control.setZoomPresence(1, WITHOUT_ZOOM, 'active');
    delta.control.setPsiStatus(1, WITHOUT_ZOOM, 'ready');
    const run = await delta.scheduled();
    expect(run).toMatchObject({ mode: 'delta', counts: { read: 3, created: 2, problems: 1 } });
    expect(delta.asked()).toMatchObject({ 'zoom.user': 3, 'cloudlink.psi': 1 });
    expect(await delta.sync.problemsOf(run)).toEqual([expect.stringMatching(/^no_zoom_user /)]);
    expect(await delta.sync.userOf(delta.connectorId, 'nele.neu@nordwind.example')).toMatchObject({
      status: 'inactive',
      zoom_status: 'active',
      md5_ha1: expect.any(Buffer),
    });
    expect(await delta.user(WITHOUT_ZOOM)).toMatchObject({ zoom_status: 'active', credential_state: 'ready' });
  });

  it('keeps the row of a user who has a new email on both sides', async () => {
    const before = await delta.user(PLAIN);
    delta.control.changeZoomEmail(1, PLAIN, 'married@nordwind.example');
    delta.control.changeCloudlinkEmail(1, PLAIN, 'married@nordwind.example');
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { read: 1, created: 0, updated: 1 } });
    expect(await delta.sync.userOf(delta.connectorId, 'married@nordwind.example')).toMatchObject({
      user_id: before?.['user_id'],
    });
    expect(await delta.user(PLAIN)).toBeUndefined();
  });

  it('leaves the row of a user whose old email is another Zoom user’s by now', async () => {
    const before = await delta.user(PLAIN);
    // Zoom gives the old address to somebody whom CloudLink does not know there.
    delta.control.changeZoomEmail(1, PLAIN, 'married@nordwind.example');
    delta.control.changeZoomEmail(1, WITHOUT_ZOOM, delta.emailOf(PLAIN));
    delta.control.setZoomPresence(1, WITHOUT_ZOOM, 'active');
    delta.control.addUser(1, 'end', { email: 'married@nordwind.example', zoom: 'absent' });
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { read: 1, created: 1, updated: 0 } });
    expect(await delta.user(PLAIN)).toMatchObject({ user_id: before?.['user_id'], credential_state: 'ready' });
    expect(await delta.sync.userOf(delta.connectorId, 'married@nordwind.example')).toMatchObject({
      zoom_user_id: delta.zoomIdOf(PLAIN),
    });
  });

  it('becomes a full run when there are too many to look up', async () => {
    for (let n = 0; n < 30; n += 1) delta.control.addUser(1, 'end', { email: `neu.${n}@nordwind.example` });
    delta.control.changeCredential(1, PLAIN);
    const run = await delta.scheduled();
    expect(run).toMatchObject({ state: 'succeeded', mode: 'full', counts: { created: 30, updated: 1, missing: 0 } });
    expect(sumOf(run)).toBe(run.counts.read);
    const asked = delta.asked();
    expect(asked['zoom.user']).toBeUndefined();
    expect(asked['zoom.users']).toBe(3);
    expect(delta.linesWith('goes on as a full one')).toMatchObject([{ level: 30, reason: 'many_unknown_users' }]);
    // That says nothing about CloudLink.
    expect(await delta.row()).toMatchObject({ reason: null });
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta' });
  });

  it('refuses a duplicate again that a full run has refused, without reading everybody', async () => {
    const before = await delta.user(DUPLICATED);
    delta.control.changeCredential(1, REFUSED_DUPLICATE);
    const run = await delta.scheduled();
    expect(run).toMatchObject({ mode: 'delta', counts: { read: 1, created: 0, updated: 0, problems: 1 } });
    expect(await delta.sync.problemsOf(run)).toEqual([expect.stringMatching(/^duplicate_email /)]);
    expect(await delta.user(DUPLICATED)).toEqual(before);
  });

  it('gives a changed credential to a user whose email has changed at Zoom only', async () => {
    const before = await delta.user(PLAIN);
    delta.control.changeZoomEmail(1, PLAIN, 'married@nordwind.example');
    expect(await delta.hint(delta.zoomIdOf(PLAIN), 'user.updated')).toBe('applied');
    await delta.set(`next_full_sync_at = now() + interval '1 hour'`);
    delta.control.changeCredential(1, PLAIN);
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { read: 1, updated: 1, problems: 0 } });
    const after = await delta.sync.userOf(delta.connectorId, 'married@nordwind.example');
    expect(after).toMatchObject({ user_id: before?.['user_id'], credential_state: 'ready' });
    expect(after?.['md5_ha1']).not.toEqual(before?.['md5_ha1']);
  });

  it('becomes a full run when somebody comes with another one’s email, and the one keeps it', async () => {
    const before = await delta.user(PLAIN);
    delta.control.changeCloudlinkEmail(1, OTHER, delta.emailOf(PLAIN));
    const run = await delta.scheduled();
    expect(run).toMatchObject({ state: 'succeeded', mode: 'full', counts: { updated: 0, missing: 1 } });
    expect(delta.linesWith('goes on as a full one')).toMatchObject([{ reason: 'contested_email' }]);
    expect(await delta.user(PLAIN)).toEqual(before);
  });

  it('is not what follows an arrival at Zoom: CloudLink has not changed that user', async () => {
    delta.control.setZoomPresence(1, WITHOUT_ZOOM, 'active');
    expect(await delta.hint(delta.zoomIdOf(WITHOUT_ZOOM), 'user.created')).toBe('sync_requested');
    expect(await delta.scheduled()).toMatchObject({ mode: 'full', counts: { created: 1 } });
    expect(await delta.user(WITHOUT_ZOOM)).toMatchObject({ zoom_status: 'active' });
  });

  it('does not bring back what Zoom tells meanwhile about somebody new', async () => {
    delta.control.addUser(1, 'end', { email: 'nele.neu@nordwind.example' });
    const realGetUser = delta.zoom.getUser.bind(delta.zoom);
    // Zoom has answered, and then the user goes and we are told.
    delta.zoom.getUser = async (...given) => {
      const user = await realGetUser(...given);
      delta.zoom.getUser = realGetUser;
      delta.control.setZoomPresence(1, USERS, 'absent');
      expect(await delta.hint(user?.id ?? '', 'user.deleted')).toBe('unknown_user');
      return user;
    };
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta', counts: { created: 1 } });
    expect(await delta.scheduled()).toMatchObject({ mode: 'full', counts: { created: 0, updated: 0, missing: 1 } });
    expect(await delta.manual('full')).toMatchObject({ counts: { removed: 1 } });
  });

  it('asks Zoom only about those whom an admin has chosen, where all are chosen', async () => {
    await delta.set(`membership = 'chosen'`);
    await delta.sync.database.query('delete from integrated_users');
    for (const position of [PLAIN, OTHER, WITHOUT_ZOOM]) {
      await delta.sync.database.query(
        `insert into integrated_users (connector_id, user_id, email, membership) values ($1, gen_random_uuid(), $2, 'chosen')`,
        [delta.connectorId, delta.emailOf(position)],
      );
    }
    expect(await delta.manual('full')).toMatchObject({ state: 'succeeded', counts: { updated: 2 } });
    delta.control.setZoomPresence(1, WITHOUT_ZOOM, 'active');
    for (const position of [PLAIN, 1, WITHOUT_ZOOM]) delta.control.changeCredential(1, position);
    delta.control.addUser(1, 'end', { email: 'nele.neu@nordwind.example' });
    delta.asked();
    const run = await delta.scheduled();
    expect(run).toMatchObject({ mode: 'delta', counts: { read: 4, created: 0, updated: 2, problems: 0 } });
    expect(delta.asked()['zoom.user']).toBe(1);
    expect(await delta.user(WITHOUT_ZOOM)).toMatchObject({ zoom_status: 'active', credential_state: 'ready' });
  });

  it('never ends a run that waits for approval', async () => {
    delta.control.keepFirst(1, 20);
    expect(await delta.manual('full')).toMatchObject({ state: 'succeeded', counts: { removed: 0 } });
    expect(await delta.manual('full')).toMatchObject({ state: 'awaiting_approval' });
    expect(await delta.scheduled()).toMatchObject({ mode: 'full', state: 'awaiting_approval' });
    expect(await delta.manual('delta')).toMatchObject({ mode: 'full', state: 'awaiting_approval' });
  });

  it.each([
    ['a silence of two intervals', () => delta.set(`synced_at = now() - interval '46 minutes'`)],
    [
      'a new authorisation',
      () =>
        new ConnectorRepository().setState(delta.sync.database, delta.connectorId, 'active', null, new Date(), true),
    ],
    ['nothing that says from when on', () => delta.set('delta_from = null')],
  ])('is not what follows %s', async (_, change) => {
    await change();
    expect(await delta.scheduled()).toMatchObject({ mode: 'full' });
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta' });
  });

  it('a person gets what they ask for: a full run, also in the place of a delta that is only queued', async () => {
    const { syncRuns } = delta.sync;
    expect(await delta.manual('delta')).toMatchObject({ mode: 'delta', trigger: 'manual' });
    expect(await delta.manual('full')).toMatchObject({ mode: 'full' });
    const queued = await syncRuns.enqueue(delta.connectorId, 'manual', undefined, 'delta');
    expect(queued).toMatchObject({ mode: 'delta', phase: 'cloudlink_users', state: 'queued' });
    expect(await syncRuns.enqueue(delta.connectorId, 'manual')).toMatchObject({
      runId: queued.runId,
      mode: 'full',
      phase: 'zoom_users',
    });
    delta.asked();
    expect(await delta.attempt()).toMatchObject({ mode: 'full', state: 'succeeded' });
    expect(delta.asked()['zoom.users']).toBe(3);
  });

  it('that is running already is followed by the full run that a person wants', async () => {
    let joined: SyncRun | undefined;
    delta.control.changeCredential(1, PLAIN);
    const realChanged = delta.cloudlink.listChangedPsiUsers.bind(delta.cloudlink);
    delta.cloudlink.listChangedPsiUsers = async (...given) => {
      joined = await delta.sync.syncRuns.enqueue(delta.connectorId, 'manual');
      return realChanged(...given);
    };
    const run = await delta.scheduled();
    expect(run).toMatchObject({ mode: 'delta', state: 'succeeded' });
    expect(joined?.runId).toBe(run.runId);
    expect(await delta.scheduled()).toMatchObject({ mode: 'full' });
  });
});

describe('a CloudLink that cannot be asked for changes', () => {
  let delta: DeltaHarness;
  beforeEach(async () => {
    delta = await DeltaHarness.open(USERS);
  });
  afterEach(() => delta.close());

  it.each(['400', '404', '422', '501'] as const)(
    'is read whole in the same run when it answers %s, from then on too, and asked again after a week',
    async (psiFilter) => {
      await delta.scheduled();
      delta.control.configure({ psiFilter });
      delta.control.changeCredential(1, PLAIN);
      const run = await delta.scheduled();
      expect(run).toMatchObject({ state: 'succeeded', mode: 'full', error: null, counts: { updated: 1, missing: 0 } });
      expect(sumOf(run)).toBe(run.counts.read);
      expect(await delta.row()).toMatchObject({ reason: 'refused', refusedAt: expect.any(Number) });
      expect(delta.linesWith('goes on as a full one')).toMatchObject([
        { level: 30, connectorId: delta.connectorId, reason: 'refused', detail: `HTTP ${psiFilter}` },
      ]);
      delta.asked();
      expect(await delta.scheduled()).toMatchObject({ mode: 'full' });
      expect(await delta.manual('delta')).toMatchObject({ mode: 'full' });
      await delta.set(`delta_refused_at = now() - interval '6 days'`);
      expect(await delta.scheduled()).toMatchObject({ mode: 'full' });
      expect(delta.asked()['cloudlink.psi.changed']).toBeUndefined();
      // Said once, not by each run.
      expect(delta.linesWith('goes on as a full one')).toHaveLength(1);
      await delta.set(`delta_refused_at = now() - interval '8 days'`);
      expect(await delta.scheduled()).toMatchObject({ mode: 'full', state: 'succeeded' });
      expect(delta.asked()['cloudlink.psi.changed']).toBeGreaterThan(0);
      expect((await delta.row()).refusedAt).toBeGreaterThan(Date.now() - HOUR_MS);
      await delta.set(`delta_refused_at = now() - interval '8 days'`);
      delta.control.configure({ psiFilter: 'works' });
      expect(await delta.scheduled()).toMatchObject({ mode: 'delta', state: 'succeeded' });
      expect(await delta.row()).toMatchObject({ reason: null, refusedAt: null });
    },
  );

  it('is not said to refuse the filter when it answers 404 without it too', async () => {
    await delta.scheduled();
    delta.control.setFault({ kind: 'cloudlink.psi', fault: '404' });
    expect(await delta.scheduled()).toMatchObject({ mode: 'full', state: 'failed' });
    expect(await delta.row()).toMatchObject({ reason: null });
  });

  it('is read whole when it ignores the filter', async () => {
    await delta.scheduled();
    delta.control.configure({ psiFilter: 'ignored' });
    delta.control.changeCredential(1, PLAIN);
    const run = await delta.scheduled();
    expect(run).toMatchObject({ state: 'succeeded', mode: 'full', counts: { updated: 1 } });
    expect(sumOf(run)).toBe(run.counts.read);
    expect(await delta.row()).toMatchObject({ reason: 'ignored' });
    expect(await delta.scheduled()).toMatchObject({ mode: 'full' });
  });

  it('is read whole while some users do not say when they were changed, which a full run notices', async () => {
    delta.control.configure({ psiModifiedOn: 'some' });
    await delta.scheduled();
    expect(await delta.row()).toMatchObject({ reason: 'no_modified_on' });
    expect(delta.linesWith('read whole from now on')).toMatchObject([{ level: 30, refusal: 'no_modified_on' }]);
    const { refusedAt } = await delta.row();
    // Waiting does not help: a filter would never show those users.
    await delta.set(`delta_refused_at = delta_refused_at - interval '30 days'`);
    expect(await delta.scheduled()).toMatchObject({ mode: 'full' });
    expect((await delta.row()).refusedAt).toBeLessThan(refusedAt ?? 0);
    expect(delta.linesWith('read whole from now on')).toHaveLength(1);
    delta.control.configure({ psiModifiedOn: 'all' });
    expect(await delta.scheduled()).toMatchObject({ mode: 'full' });
    expect(await delta.row()).toMatchObject({ reason: null });
    expect(await delta.scheduled()).toMatchObject({ mode: 'delta' });
  });
});

describe('a delta run of more than a page', () => {
  const MANY = 1_300;
  let delta: DeltaHarness;
  beforeEach(async () => {
    delta = await DeltaHarness.open(MANY);
    await delta.scheduled();
    delta.control.changeCredentials(1, 1);
    delta.asked();
  });
  afterEach(() => delta.close());

  it('goes on after an interruption where it was', async () => {
    delta.control.setFault({ kind: 'cloudlink.psi.changed', fault: '500', after: 1, times: 4 });
    const first = await delta.scheduled();
    expect(first).toMatchObject({ state: 'running', mode: 'delta', error: { code: 'provider_unavailable' } });
    expect(first.counts.read).toBe(1000);
    await delta.sync.passTime(delta.connectorId);
    const run = await delta.attempt();
    expect(run).toMatchObject({ runId: first.runId, state: 'succeeded', mode: 'delta' });
    // The first page once, the second four times in vain and once more.
    expect(delta.asked()).toMatchObject({ 'cloudlink.psi.changed': 6 });
    expect(sumOf(run)).toBe(run.counts.read);
    expect(run.counts).toMatchObject({ created: 0, removed: 0, missing: 0 });
    const state = await delta.sync.endState(delta.connectorId);
    // The whole list finds nothing that the changes had not told.
    expect((await delta.manual('full')).counts).toMatchObject({ created: 0, updated: 0, removed: 0 });
    expect(await delta.sync.endState(delta.connectorId)).toEqual(state);
  });

  it('counts each user once when it becomes a full run after its first page', async () => {
    for (let n = 0; n < 201; n += 1) delta.control.addUser(1, 'end', { email: `neu.${n}@nordwind.example` });
    const run = await delta.scheduled();
    expect(delta.linesWith('goes on as a full one')).toMatchObject([{ reason: 'many_unknown_users' }]);
    expect(run).toMatchObject({ state: 'succeeded', mode: 'full', counts: { created: 201, removed: 0, missing: 0 } });
    expect(sumOf(run)).toBe(run.counts.read);
    expect(await delta.sync.problemsOf(run)).toHaveLength(Math.min(200, run.counts.problems));
    const { rows } = await delta.sync.database.query<{ n: number }>(
      'select count(*)::int as n from sync_problems where run_id = $1',
      [run.runId],
    );
    expect(rows[0]?.n).toBe(run.counts.problems);
  });

  it('does not mistake a link that has grown old for a refusal of the filter', async () => {
    delta.control.setFault({ kind: 'cloudlink.psi.changed', fault: '404', after: 1 });
    expect(await delta.scheduled()).toMatchObject({ state: 'succeeded', mode: 'full' });
    expect(await delta.row()).toMatchObject({ reason: null });
  });
});
