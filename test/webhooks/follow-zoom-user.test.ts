import { randomUUID } from 'node:crypto';
import { accountPlan } from '../../sandbox/accounts';
import { ZOOM_PEOPLE } from '../../sandbox/people';
import { GrantWatch } from '../../src/oauth/grant-watch';
import { endedRun, startProgram, until, type Program } from '../support/program';
import {
  appDeauthorized,
  deliver,
  deliveryRows,
  followed,
  outcomeOf,
  postponeSync,
  SECRET,
  secondsToSync,
  syncNow,
  userEvent,
  waitingJobs,
  ZOOM_ACCOUNT,
  zoomIdOf,
} from './webhook-support';

const USERS = 60;
/** Plain users of the sandbox. */
const [ANNA, BERT, CARL, DORA, EMIL] = [1, 2, 3, 4, 6];
/** Invited, not accepted. */
const INVITED = 14;
const INSTALLER = ZOOM_PEOPLE.find((person) => person.key === 'one.owner')?.id ?? '';

interface UserRow {
  user_id: string;
  email: string;
  status: string;
  zoom_status: string;
  zoom_user_id: string | null;
  display_name: string;
  has_credential: boolean;
  version: string;
}

/** What follows from Zoom's deliveries, on the whole program and the sandbox. */
describe('following a Zoom user', () => {
  let program: Program;
  let connectorId: string;
  let hint: jest.SpyInstance<Promise<void>, Parameters<GrantWatch['hint']>>;

  beforeAll(async () => {
    program = await startProgram({ users: USERS, env: { ZOOM_WEBHOOK_SECRETS: SECRET } });
    // What CloudLink tells of the same changes is another test's matter.
    program.sandbox.control.configure({ notificationShuffle: true });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    hint = jest.spyOn(program.app.get(GrantWatch), 'hint');
  });
  afterAll(() => program.stop());
  beforeEach(async () => {
    hint.mockReset().mockResolvedValue(undefined);
    await postponeSync(program);
  });
  afterEach(() => program.sandbox.control.clearFaults());

  const userOf = async (where: string, value: unknown): Promise<UserRow | undefined> =>
    (
      await program.database.query<UserRow & Record<string, unknown>>(
        `select u.*, u.xmin::text as version, c.user_id is not null as has_credential
         from integrated_users u left join sip_credentials c using (connector_id, user_id) where ${where} = $1`,
        [value],
      )
    ).rows[0];
  const user = (position: number): Promise<UserRow | undefined> => userOf('zoom_user_id', zoomIdOf(position));
  const everybodyBut = async (position: number): Promise<unknown[]> =>
    (
      await program.database.query(
        `select *, xmin::text as version from integrated_users where zoom_user_id is distinct from $1 order by email`,
        [zoomIdOf(position)],
      )
    ).rows;

  it('lets a user who was deactivated say so, and keeps the credential', async () => {
    program.sandbox.control.setZoomPresence(1, ANNA, 'inactive');
    const others = await everybodyBut(ANNA);
    expect(await followed(program, userEvent('user.deactivated', zoomIdOf(ANNA)))).toBe('applied');
    expect(await user(ANNA)).toMatchObject({ zoom_status: 'inactive', has_credential: true });
    expect(await everybodyBut(ANNA)).toEqual(others);
    program.sandbox.control.setZoomPresence(1, ANNA, 'active');
    expect(await followed(program, userEvent('user.activated', zoomIdOf(ANNA)))).toBe('applied');
    expect(await user(ANNA)).toMatchObject({ zoom_status: 'active', has_credential: true });
  });

  it.each(['user.deleted', 'user.disassociated', 'user.deactivated', 'user.updated'])(
    'believes Zoom and not the event: %s of somebody who is there as ever writes nothing',
    async (event) => {
      const before = await user(ANNA);
      expect(await followed(program, userEvent(event, zoomIdOf(ANNA)))).toBe('applied');
      expect(await user(ANNA)).toEqual(before);
      expect(await secondsToSync(program)).toBeGreaterThan(3_600);
    },
  );

  it('removes the one user who is gone, and destroys the credential', async () => {
    const before = await user(BERT);
    await program.database.query(
      `insert into registrations (connector_id, user_id, device_id, platform, outcome, since, reported_at, expires_at)
       values ($1, $2, 'desk', 'desktop', 'registered', now(), now(), now() + interval '1 hour')`,
      [connectorId, before?.user_id],
    );
    expect(before).toMatchObject({ has_credential: true });
    const others = await everybodyBut(BERT);
    program.sandbox.control.setZoomPresence(1, BERT, 'absent');
    expect(await followed(program, userEvent('user.deleted', zoomIdOf(BERT)))).toBe('removed');
    expect(await user(BERT)).toMatchObject({ user_id: before?.user_id, status: 'removed', has_credential: false });
    expect(await everybodyBut(BERT)).toEqual(others);
    const { rows } = await program.database.query('select from registrations where user_id = $1', [before?.user_id]);
    expect(rows).toHaveLength(0);
    // The same again finds nobody.
    expect(await followed(program, userEvent('user.deleted', zoomIdOf(BERT)))).toBe('unknown_user');
  });

  it('brings back by a sync who was removed and is there again', async () => {
    program.sandbox.control.setZoomPresence(1, BERT, 'active');
    expect(await followed(program, userEvent('user.updated', zoomIdOf(BERT)))).toBe('sync_requested');
    expect(await secondsToSync(program)).toBeLessThanOrEqual(30);
    await syncNow(program, connectorId);
    expect(await user(BERT)).toMatchObject({ status: 'inactive', has_credential: true });
  });

  it.each([
    ['500, again and again', { kind: 'zoom.user', fault: '500', times: 4 }],
    ['a 404 that is not Zoom’s word', { kind: 'zoom.user', fault: 'html', status: 404, times: 1 }],
    ['no privilege', { kind: 'zoom.user', fault: '403', times: 1 }],
    ['half an answer', { kind: 'zoom.user', fault: 'truncated-json', times: 1 }],
  ] as const)('removes nobody when Zoom answers %s, and asks again', async (_what, fault) => {
    const before = await user(CARL);
    program.sandbox.control.setFault(fault);
    const requestId = randomUUID();
    await deliver(program, { body: userEvent('user.deleted', zoomIdOf(CARL)), requestId });
    expect(await outcomeOf(program, requestId)).toBe('applied');
    expect(program.sandbox.control.faults()).toEqual([]);
    expect(await user(CARL)).toEqual(before);
  });

  it.each(['user.created', 'user.invitation_accepted', 'user.activated'])(
    'asks for a sync when somebody new comes by %s, once for many',
    async (event) => {
      const ids = [0, 1, 2].map(() => zoomIdOf(program.sandbox.control.addUser(1, 'end')));
      for (const id of ids) expect(await followed(program, userEvent(event, id))).toBe('sync_requested');
      expect(await secondsToSync(program)).toBeLessThanOrEqual(30);
      expect(await secondsToSync(program)).toBeGreaterThan(0);
    },
  );

  it('does not sync for news of strangers', async () => {
    const id = zoomIdOf(program.sandbox.control.addUser(1, 'end'));
    expect(await followed(program, userEvent('user.updated', id))).toBe('unknown_user');
    expect(await followed(program, userEvent('user.created', zoomIdOf(10_000)))).toBe('unknown_user');
    await program.database.query(`update connectors set membership = 'chosen'`);
    expect(await followed(program, userEvent('user.created', id))).toBe('unknown_user');
    await program.database.query(`update connectors set membership = 'automatic'`);
    expect(await secondsToSync(program)).toBeGreaterThan(3_600);
  });

  it('learns the Zoom id of who accepts an invitation', async () => {
    const invited = await userOf('zoom_status', 'pending');
    expect(invited).toMatchObject({ zoom_user_id: null });
    program.sandbox.control.setZoomPresence(1, INVITED, 'active');
    expect(await followed(program, userEvent('user.invitation_accepted', zoomIdOf(INVITED)))).toBe('applied');
    expect(await user(INVITED)).toMatchObject({ user_id: invited?.user_id, zoom_status: 'active' });
  });

  describe('a new email', () => {
    const rename = (position: number, email: string) =>
      program.database.query('update integrated_users set email = $2 where zoom_user_id = $1', [
        zoomIdOf(position),
        email,
      ]);

    it('keeps row and credential, and CloudLink is asked soon', async () => {
      const before = await user(DORA);
      await rename(DORA, 'doras.former.name@nordwind.example');
      expect(await followed(program, userEvent('user.updated', zoomIdOf(DORA)))).toBe('applied');
      expect(await user(DORA)).toMatchObject({
        user_id: before?.user_id,
        email: before?.email,
        status: before?.status,
        has_credential: true,
      });
      expect(before?.email).toBe(before?.email.toLowerCase());
      expect(await secondsToSync(program)).toBeLessThanOrEqual(30);
      await syncNow(program, connectorId);
      expect(await user(DORA)).toMatchObject({ user_id: before?.user_id, has_credential: true });
    });

    it('stays with who holds it', async () => {
      const before = await user(EMIL);
      await rename(EMIL, 'emils.former.name@nordwind.example');
      await program.database.query(
        'insert into integrated_users (connector_id, user_id, email) values ($1, gen_random_uuid(), $2)',
        [connectorId, before?.email],
      );
      expect(await followed(program, userEvent('user.updated', zoomIdOf(EMIL)))).toBe('applied');
      expect(await user(EMIL)).toMatchObject({ email: 'emils.former.name@nordwind.example' });
      expect(await secondsToSync(program)).toBeLessThanOrEqual(30);
      await program.database.query('delete from integrated_users where email = $1', [before?.email]);
      await rename(EMIL, before?.email ?? '');
    });
  });

  it.each([
    ['reauthorization_required', 'waits_for_sync'],
    ['disconnected', 'ignored'],
    ['pending', 'ignored'],
  ])('a connector that is %s: %s', async (state, outcome) => {
    const asked = program.sandbox.control.requests().counts['zoom.user'];
    await program.database.query('update connectors set state = $1', [state]);
    try {
      expect(await followed(program, userEvent('user.created', zoomIdOf(0)))).toBe(outcome);
    } finally {
      await program.database.query(`update connectors set state = 'active'`);
    }
    expect(program.sandbox.control.requests().counts['zoom.user']).toBe(asked);
  });

  it('waits for the sync when there is no grant to ask with', async () => {
    await program.database.query(`update grants set state = 'standby' where provider = 'zoom'`);
    expect(await followed(program, userEvent('user.deleted', zoomIdOf(0)))).toBe('waits_for_sync');
    await program.database.query(`update grants set state = 'active' where provider = 'zoom'`);
    expect(await user(0)).toMatchObject({ has_credential: true });
  });

  it('ignores accounts that are not ours', async () => {
    const foreign = accountPlan(2).zoomAccountId;
    expect(await followed(program, userEvent('user.deleted', zoomIdOf(0), foreign))).toBe('ignored');
    expect(await user(0)).toMatchObject({ has_credential: true });
  });

  describe('of somebody who gave a grant', () => {
    const hints = (): unknown[] => hint.mock.calls.map(([given]) => given);

    it.each([
      ['user.deleted', 'user_left'],
      ['user.disassociated', 'user_left'],
      ['user.deactivated', 'user_deactivated'],
      ['user.activated', 'user_changed'],
      ['user.updated', 'user_changed'],
    ])('%s has the grant looked at: %s', async (event, reason) => {
      await followed(program, userEvent(event, INSTALLER));
      expect(hints()).toEqual([
        { connectorId, provider: 'zoom', subjectId: INSTALLER, reason, occurredAt: expect.any(Date) },
      ]);
    });

    it('so has the removal of the app', async () => {
      const { clientId } = program.config.zoom;
      expect(await followed(program, appDeauthorized(INSTALLER, clientId))).toBe('applied');
      expect(hints()).toEqual([
        {
          connectorId,
          provider: 'zoom',
          subjectId: INSTALLER,
          reason: 'app_deauthorized',
          occurredAt: new Date('2024-09-08T15:58:40Z'),
        },
      ]);
      // An owner who never authorised anything may remove it for everybody.
      expect(await followed(program, appDeauthorized('somebodyElse0000000001', clientId))).toBe('applied');
      expect(hints()).toHaveLength(2);
    });

    it('no grant that works is needed for it', async () => {
      await program.database.query(`update connectors set state = 'reauthorization_required'`);
      expect(await followed(program, userEvent('user.deleted', INSTALLER))).toBe('waits_for_sync');
      await program.database.query(`update connectors set state = 'active'`);
      expect(hints()).toHaveLength(1);
    });

    it('a grant that is dead is left alone', async () => {
      await program.database.query(
        `insert into grants (connector_id, grant_id, provider, state, account_id, subject_id)
         values ($1, gen_random_uuid(), 'zoom', 'dead', $2, 'formerAdmin00000000001')`,
        [connectorId, ZOOM_ACCOUNT],
      );
      await followed(program, userEvent('user.deleted', 'formerAdmin00000000001'));
      expect(hints()).toEqual([]);
    });

    it('is told again when it could not be looked at', async () => {
      hint.mockRejectedValueOnce(new Error('not now'));
      await followed(program, userEvent('user.deleted', INSTALLER));
      expect(hints()).toHaveLength(2);
    });

    it('never twice at once; what waits is merged into the gravest, and the app stays apart', async () => {
      let inside = 0;
      let most = 0;
      let open = (): void => undefined;
      const gate = new Promise<void>((resolve) => (open = resolve));
      hint.mockImplementation(async () => {
        inside += 1;
        most = Math.max(most, inside);
        await gate;
        await new Promise((resolve) => setTimeout(resolve, 50));
        inside -= 1;
      });
      const send = async (body: string): Promise<string> => {
        const requestId = randomUUID();
        await deliver(program, { body, requestId });
        return requestId;
      };
      const first = await send(userEvent('user.updated', INSTALLER));
      await until('the first hint', async () => (inside === 1 ? true : undefined));
      const rest = [
        await send(userEvent('user.deleted', INSTALLER)),
        await send(appDeauthorized(INSTALLER, program.config.zoom.clientId)),
        await send(userEvent('user.activated', INSTALLER)),
        await send(userEvent('user.updated', INSTALLER)),
      ];
      await new Promise((resolve) => setTimeout(resolve, 300));
      const waiting = await waitingJobs(program);
      open();
      expect(waiting).toBe(3);
      for (const id of [first, ...rest]) await outcomeOf(program, id);
      expect(most).toBe(1);
      const reasons = hint.mock.calls.map(([given]) => given.reason);
      expect(reasons[0]).toBe('user_changed');
      expect(reasons.slice(1).sort()).toEqual(['app_deauthorized', 'user_left']);
      expect((await deliveryRows(program)).filter((row) => row.processed_at === null)).toEqual([]);
    });
  });

  it('leaves a hint to the next sync when nobody could follow it for hours', async () => {
    // As after nine attempts: the last one comes at once.
    await program.database.query(`update connectors set next_sync_at = now() + interval '1 day'`);
    program.sandbox.control.setFault({ kind: 'zoom.user', fault: '403' });
    const requestId = randomUUID();
    await deliver(program, { body: userEvent('user.updated', zoomIdOf(CARL)), requestId });
    await until('the last attempt', async () => {
      await program.database.query(
        `update graphile_worker._private_jobs set attempts = max_attempts - 1, run_at = now() where locked_at is null and attempts > 0`,
      );
      return (await deliveryRows(program)).find((row) => row.dedupe_key === requestId)?.outcome ?? undefined;
    });
    expect(await outcomeOf(program, requestId)).toBe('waits_for_sync');
    expect(await secondsToSync(program)).toBeLessThanOrEqual(30);
    expect(await waitingJobs(program)).toBe(0);
    expect(program.log()).not.toContain('job failed for good');
  });
});
