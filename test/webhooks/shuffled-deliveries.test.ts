import { randomUUID } from 'node:crypto';
import type { ZoomPresence } from '../../sandbox/directory/person';
import { addDueJob } from '../../src/sync/sync-jobs';
import { postponeZoomPhone } from '../support/postpone-zoom-phone';
import { endedRun, startProgram, until, type Program } from '../support/program';
import { deliver, deliveryRows, SECRET, syncNow, userEvent, waitingJobs, zoomIdOf } from './webhook-support';

const DELIVERIES = 1_000;
/** Integrated from the start, of all kinds but those whose email two persons claim and the invited one without an id. */
const POSITIONS = Array.from({ length: 46 }, (_, n) => n).filter((n) => ![9, 14, 17, 26, 27, 44].includes(n));

/** The same numbers for the same seed (Mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Step {
  position: number;
  presence: ZoomPresence;
  requestId: string;
  body: string;
}

interface Due {
  syncs: number;
  deliveries: number;
  /** Connectors whose next sync somebody has asked for. */
  soon: number;
}
type OpenWork = Due & { jobs: number };

/** People who come, go, are deactivated and come back, and what Zoom tells of it. */
function makeSteps(): Step[] {
  const random = randomNumbers(7);
  const presences = new Map<number, ZoomPresence>();
  return Array.from({ length: DELIVERIES }, () => {
    const position = POSITIONS[Math.floor(random() * POSITIONS.length)] ?? 0;
    const presence = (['active', 'active', 'inactive', 'absent'] as const)[Math.floor(random() * 4)] ?? 'active';
    const before = presences.get(position);
    presences.set(position, presence);
    return {
      position,
      presence,
      requestId: randomUUID(),
      body: userEvent(nameOf(before, presence), zoomIdOf(position)),
    };
  });
}

function nameOf(before: ZoomPresence | undefined, presence: ZoomPresence): string {
  if (before === presence) return 'user.updated';
  if (presence === 'absent') return 'user.deleted';
  if (before === 'absent') return 'user.created';
  return presence === 'inactive' ? 'user.deactivated' : 'user.activated';
}

function shuffle<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

describe('a thousand deliveries', () => {
  const programs: Program[] = [];
  afterAll(async () => {
    for (const program of programs) await program.stop();
  });

  async function open(): Promise<{ program: Program; connectorId: string }> {
    const program = await startProgram({ users: 60, env: { ZOOM_WEBHOOK_SECRETS: SECRET } });
    programs.push(program);
    await program.connect();
    await postponeZoomPhone(program);
    const [connectorId = ''] = await program.connectorIds();
    await endedRun(program, connectorId);
    return { program, connectorId };
  }

  const send = async (program: Program, step: Step): Promise<void> => {
    const { status } = await deliver(program, { body: step.body, requestId: step.requestId });
    if (status !== 200) throw new Error(`answered with ${status}`);
  };

  const mutate = (program: Program, step: Step): void =>
    program.sandbox.control.setZoomPresence(1, step.position, step.presence);

  /**
   * Everything is worked on, and the syncs that were asked for are over. Nobody waits until those are due. What is due
   * already is left alone: whoever looks for due connectors passes over a row that is being written.
   */
  const settle = async (program: Program): Promise<void> => {
    let open: OpenWork | undefined;
    const isSettled = async (): Promise<true | undefined> => {
      open = await openWork(program);
      if (open === undefined || open.syncs + open.deliveries + open.jobs > 0) return undefined;
      if (open.soon === 0) return true;
      await program.database.query(`update connectors set next_sync_at = now() where next_sync_at > now()`);
      for (const connectorId of await program.connectorIds()) await addDueJob(connectorId, 0, program.database);
      return undefined;
    };
    await until('everything to settle', isSettled).catch((error: unknown) => {
      throw new Error(`still open: ${JSON.stringify(open)}`, { cause: error });
    });
  };

  const openWork = async (program: Program): Promise<OpenWork | undefined> => {
    const { rows } = await program.database.query<Due & Record<string, unknown>>(
      `select (select count(*) from sync_runs where state in ('queued', 'running'))::int as syncs,
              (select count(*) from webhook_deliveries where processed_at is null)::int as deliveries,
              (select count(*) from connectors where next_sync_at < now() + interval '1 hour')::int as soon`,
    );
    return rows[0] === undefined ? undefined : { ...rows[0], jobs: await waitingJobs(program) };
  };

  const present = async (program: Program): Promise<Record<string, unknown>[]> =>
    (
      await program.database.query<Record<string, unknown>>(
        `select u.email, u.display_name, u.zoom_user_id, u.zoom_status, u.cloudlink_user_id, u.extension, u.pbx_type, u.pbx_site,
                u.licences, u.membership, u.credential_state, u.status, c.user_name, c.auth_user_name, c.realm, c.targets,
                c.md5_ha1 is not null as md5, c.sha256_ha1 is not null as sha256
         from integrated_users u left join sip_credentials c using (connector_id, user_id)
         where u.status <> 'removed' order by u.email`,
      )
    ).rows;
  const removed = async (program: Program): Promise<Record<string, unknown>[]> =>
    (
      await program.database.query<Record<string, unknown>>(
        `select u.email, u.credential_state, c.user_id as credential
         from integrated_users u left join sip_credentials c using (connector_id, user_id)
         where u.status = 'removed' order by u.email`,
      )
    ).rows;
  /** Everything that a sync might change, but for the marks it leaves. */
  const everything = async (program: Program): Promise<unknown[]> =>
    (
      await program.database.query(
        `select to_jsonb(u) - 'fingerprint' - 'synced_at' as row, c.user_name, c.targets
         from integrated_users u left join sip_credentials c using (connector_id, user_id) order by u.email`,
      )
    ).rows;

  it('shuffled and tripled leave what they leave in order, and what a sync leaves', async () => {
    const steps = makeSteps();
    const [ordered, shuffled] = await Promise.all([open(), open()]);

    for (const step of steps) {
      mutate(ordered.program, step);
      await send(ordered.program, step);
    }

    const random = randomNumbers(11);
    let undelivered: Step[] = [];
    for (let from = 0; from < steps.length; from += 100) {
      const batch = steps.slice(from, from + 100);
      for (const step of batch) mutate(shuffled.program, step);
      // Three of each, and some come only when much else has happened.
      undelivered = shuffle([...undelivered, ...batch, ...batch, ...batch], random);
      const isLast = from + 100 >= steps.length;
      const now = undelivered.splice(0, isLast ? undelivered.length : Math.floor(undelivered.length * 0.6));
      for (let i = 0; i < now.length; i += 20) {
        await Promise.all(now.slice(i, i + 20).map((step) => send(shuffled.program, step)));
      }
    }

    await Promise.all([settle(ordered.program), settle(shuffled.program)]);
    expect(await deliveryRows(shuffled.program)).toHaveLength(DELIVERIES);
    const gone = await removed(shuffled.program);
    expect(gone.length).toBeGreaterThan(3);
    expect(gone.filter((user) => user['credential'] !== null || user['credential_state'] !== 'none')).toEqual([]);
    expect(gone).toEqual(await removed(ordered.program));
    expect((await present(shuffled.program)).length).toBeGreaterThan(20);
    expect(await present(shuffled.program)).toEqual(await present(ordered.program));

    for (const { program, connectorId } of [ordered, shuffled]) {
      const { rows: runs } = await program.database.query(`select state from sync_runs where state <> 'succeeded'`);
      expect(runs).toEqual([]);
      const before = await everything(program);
      // The first one writes its marks on the rows that hints have changed, the second one finds nothing to do.
      expect(await syncNow(program, connectorId)).toMatchObject({
        state: 'succeeded',
        created_count: 0,
        removed_count: 0,
      });
      expect(await everything(program)).toEqual(before);
      expect(await syncNow(program, connectorId)).toMatchObject({
        created_count: 0,
        updated_count: 0,
        removed_count: 0,
      });
    }
  });
});
