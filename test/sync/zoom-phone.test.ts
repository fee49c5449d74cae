import { randomUUID } from 'node:crypto';
import { ListingLost } from '../../src/sync/zoom-phone/zoom-phone-listing';
import { ZoomPhoneListingRepository } from '../../src/sync/zoom-phone/zoom-phone-listing.repository';
import { PAGE, ZoomPhoneHarness } from './zoom-phone-harness';

/** On a real PostgreSQL, with the sandbox over HTTP. */
describe('who has Zoom Phone besides', () => {
  let phone: ZoomPhoneHarness;
  beforeEach(async () => {
    phone = await ZoomPhoneHarness.open();
  });
  afterEach(() => phone.close());

  const query = (sql: string, values: unknown[] = []): Promise<{ rows: Record<string, unknown>[] }> =>
    phone.sync.database.query(sql, values);
  const someone = async (has: boolean, where = 'zoom_user_id is not null'): Promise<string> => {
    const { rows } = await query(
      `select email from integrated_users where connector_id = $1 and zoom_phone = $2 and ${where} order by email limit 1`,
      [phone.connectorId, has],
    );
    return String(rows[0]?.['email']);
  };

  describe('when Zoom lists them', () => {
    it('is true of those in the list and false of all others, the disabled licences among them', async () => {
      await phone.read();
      const expected = await phone.expected();
      expect(await phone.marks()).toEqual(expected);
      const { true: having, false: others } = await phone.counts();
      expect([having > 5 * PAGE, others > having, having + others]).toEqual([true, true, Object.keys(expected).length]);
      // Among them some who have no Zoom id yet, and are known by their email.
      expect(await someone(true, 'zoom_user_id is null')).toContain('@');
      expect(await phone.state()).toMatchObject({ answer: 'listed', failure: null, isUnderWay: false, pages: 0 });
      expect(phone.asked()).toBe(Math.ceil(80 / PAGE) + 1);
    });

    it('writes no row of somebody for whom nothing changes', async () => {
      await phone.read();
      const before = await phone.versions();
      await phone.read();
      expect(await phone.versions()).toEqual(before);
      phone.sandbox.control.setZoomPhone(1, 0, 'activate');
      phone.sandbox.control.setZoomPhone(1, 1, 'deactivate');
      await phone.read();
      const after = await phone.versions();
      expect([...after].filter(([email, version]) => before.get(email) !== version)).toHaveLength(2);
      expect(await phone.marks()).toEqual(await phone.expected());
    });

    it('is false of all when the list is empty', async () => {
      await phone.read();
      phone.sandbox.control.setFault({ kind: 'zoom.phone_users', fault: 'empty-list', times: 1 });
      await phone.read();
      expect(await phone.counts()).toMatchObject({ true: 0, null: 0 });
    });

    it('moves nobody before the last page has come', async () => {
      const task = phone.task({ sliceSeconds: 0 });
      await task.enqueueDue();
      for (let page = 1; page <= 3; page += 1) {
        expect(await phone.slice(task)).toBe(true);
        expect(await phone.state()).toMatchObject({ isUnderWay: true, pages: page, answer: null });
        expect(phone.asked()).toBe(page);
      }
      expect(await phone.counts()).toMatchObject({ true: 0, false: 0 });
      while (await phone.slice(task));
      expect(await phone.marks()).toEqual(await phone.expected());
    });

    it('lets others go first after each slice', async () => {
      const other = await phone.connector();
      const task = phone.task({ sliceSeconds: 0 });
      expect((await task.enqueueDue()).sort()).toEqual([phone.connectorId, other].sort());
      for (let slices = 0; slices < 4; slices += 1) await phone.slice(task);
      expect([(await phone.state())?.pages, (await phone.state(other))?.pages]).toEqual([2, 2]);
      while (await phone.slice(task));
      expect(await phone.marks(other)).toEqual(await phone.marks());
    });

    it('tells many users a batch at a time, so that no report waits for all of them', async () => {
      await query(
        `insert into integrated_users (connector_id, user_id, email) select $1, gen_random_uuid(), 'many' || n || '@example.com'
         from generate_series(1, 4500) n`,
        [phone.connectorId],
      );
      const task = phone.task({ sliceSeconds: 0, pageSize: 100 });
      await task.enqueueDue();
      const left: number[] = [];
      while (await phone.slice(task)) left.push((await phone.counts()).null);
      const all = Object.keys(await phone.marks()).length;
      // A single page, and the first batch with it.
      expect(left).toEqual([all - 2_000, all - 4_000, 0]);
      expect((await phone.counts()).true).toBe(Object.values(await phone.expected()).filter(Boolean).length);
    });

    it('does not know it of a user who is new, and of another Zoom user in the same row, until the next time', async () => {
      await phone.read();
      const renamed = await someone(true);
      await query(`insert into integrated_users (connector_id, user_id, email) values ($1, $2, 'new@example.com')`, [
        phone.connectorId,
        randomUUID(),
      ]);
      await query(`update integrated_users set zoom_user_id = 'somebody-else' where email = $1`, [renamed]);
      const unmoved = await someone(true);
      await query('update integrated_users set zoom_user_id = zoom_user_id where email = $1', [unmoved]);
      expect(await phone.marks()).toMatchObject({ 'new@example.com': null, [renamed]: null, [unmoved]: true });
      await phone.read();
      expect(await phone.marks()).toMatchObject({ 'new@example.com': false, [renamed]: false, [unmoved]: true });
    });

    it('goes by the Zoom id where there is one, whatever the email', async () => {
      await phone.read();
      const [having, other] = [await someone(true), await someone(false)];
      await query(`update integrated_users set email = 'x-' || email where email = $1`, [having]);
      await query('update integrated_users set email = $1 where email = $2', [having, other]);
      await phone.read();
      expect(await phone.marks()).toMatchObject({ [`x-${having}`]: true, [having]: false });
    });
  });

  describe('when Zoom says that nobody can have it, or that we may not ask', () => {
    beforeEach(() => phone.read());

    it('is false of all in an account without Zoom Phone', async () => {
      phone.sandbox.control.configure({ zoomPhone: 'not-enabled' });
      await phone.read();
      expect(await phone.counts()).toMatchObject({ true: 0, null: 0 });
      expect(await phone.state()).toMatchObject({ answer: 'not_enabled', failure: null });
      const before = await phone.versions();
      await phone.read();
      expect(await phone.versions()).toEqual(before);
    });

    it.each(['400', '401', '403'] as const)(
      'is unknown of all without the scope, which the log says once (HTTP %s)',
      async (zoomScopeStatus) => {
        const { token } = phone;
        phone.sandbox.control.configure({ zoomScope: 'user:read:list_users:admin', zoomScopeStatus });
        phone.token = (await phone.client.zoomLogin('one.admin')).accessToken;
        await phone.read();
        await phone.read();
        expect(await phone.counts()).toMatchObject({ true: 0, false: 0 });
        expect(await phone.state()).toMatchObject({ answer: 'scope_missing', failure: null });
        expect(phone.logged(/lacks the optional scope/)).toHaveLength(1);
        phone.token = token;
        await phone.read();
        expect(await phone.marks()).toEqual(await phone.expected());
      },
    );

    it('counts nothing of what was listed before such a word', async () => {
      const task = phone.task({ sliceSeconds: 0 });
      await phone.due();
      await task.enqueueDue();
      for (let page = 0; page < 3; page += 1) await phone.slice(task);
      phone.sandbox.control.configure({ zoomPhone: 'not-enabled' });
      while (await phone.slice(task));
      expect(await phone.counts()).toMatchObject({ true: 0, null: 0 });
    });
  });

  describe('when it cannot be read', () => {
    let before: Map<string, string>;
    beforeEach(async () => {
      await phone.read();
      before = await phone.versions();
    });

    it.each([
      ['the admin has no right to Zoom Phone', { zoomPhone: 'no-permission' }, 'provider_rejected'],
      ['the admin has no right to a site', { zoomPhone: 'other-site' }, 'provider_rejected'],
      ['Zoom denies the account its API', '403', 'provider_rejected'],
      ['Zoom knows no such thing', '404', 'provider_answer_invalid'],
      ['the list never ends', 'next-loop', 'page_loop'],
    ] as const)('changes nothing: %s', async (_, wrong, code) => {
      const { control } = phone.sandbox;
      if (typeof wrong === 'string') control.setFault({ kind: 'zoom.phone_users', fault: wrong });
      else control.configure(wrong);
      await phone.read();
      expect(await phone.versions()).toEqual(before);
      const state = await phone.state();
      expect(state).toMatchObject({ answer: 'listed', failure: code, isUnderWay: false, pages: 0 });
      // Sooner than the list is read otherwise.
      expect(state?.seconds).toBeLessThan(115);
      await phone.read();
      expect(phone.logged(/zoom phone could not be read/)).toHaveLength(1);
      control.reset();
      await phone.read();
      expect(await phone.state()).toMatchObject({ answer: 'listed', failure: null });
    });

    it('is tried again, with pauses, and given up after five times', async () => {
      phone.sandbox.control.setFault({ kind: 'zoom.phone_users', fault: 'reset', after: 2 });
      const task = phone.task();
      await phone.due();
      await task.enqueueDue();
      const pauses: number[] = [];
      for (let attempt = 1; await phone.slice(task); attempt += 1) {
        const [job] = await phone.jobs();
        if (job === undefined) break;
        pauses.push(job.seconds);
        // Two pages are stored, and not asked for again.
        expect(await phone.state()).toMatchObject({ attempts: attempt, pages: 2 });
        // A look that comes meanwhile does not shorten the pause.
        expect(await task.enqueueDue()).toEqual([]);
        await query(`update graphile_worker._private_jobs set run_at = now() where key like 'zoom-phone/%'`);
      }
      expect(pauses.map((seconds) => Math.floor(Math.log2(seconds + 0.5)))).toEqual([1, 2, 3, 4]);
      expect(await phone.state()).toMatchObject({ failure: 'provider_unavailable', attempts: 0, pages: 0 });
      expect(await phone.versions()).toEqual(before);
    });

    it('waits as long as Zoom asks for with 429, and goes on with the same page', async () => {
      phone.sandbox.control.clearRequests();
      phone.sandbox.control.setFault({ kind: 'zoom.phone_users', fault: '429', seconds: 90, after: 3, times: 1 });
      phone.sandbox.control.setZoomPhone(1, 0, 'activate');
      const task = phone.task();
      await phone.due();
      await task.enqueueDue();
      await phone.slice(task);
      expect((await phone.jobs())[0]?.seconds).toBeGreaterThan(85);
      expect(await phone.state()).toMatchObject({ pages: 3, isUnderWay: true });
      await query(`update graphile_worker._private_jobs set run_at = now() where key like 'zoom-phone/%'`);
      await phone.slice(task);
      expect(phone.asked()).toBe(Math.ceil(81 / PAGE) + 1);
      expect(await phone.marks()).toEqual(await phone.expected());
    });

    it('asks again within the call after a short 429 and a broken answer', async () => {
      const { control } = phone.sandbox;
      for (const fault of ['429', 'truncated-json', '500'] as const)
        control.setFault({ kind: 'zoom.phone_users', fault, times: 1, after: 1, retryAfter: 'none' });
      control.setZoomPhone(1, 0, 'activate');
      expect(await phone.read()).toBe(1);
      expect(await phone.marks()).toEqual(await phone.expected());
    });

    it('begins again when a page token has expired', async () => {
      const task = phone.task({ sliceSeconds: 0 });
      phone.sandbox.control.setZoomPhone(1, 0, 'activate');
      await phone.due();
      await task.enqueueDue();
      for (let page = 0; page < 4; page += 1) await phone.slice(task);
      phone.sandbox.control.setZoomPhone(1, 1, 'none');
      phone.sandbox.control.advanceClock(15 * 60_000);
      await phone.slice(task);
      expect(await phone.state()).toMatchObject({ pages: 1, isUnderWay: true });
      while (await phone.slice(task));
      // Also of the first page, which was read before, what counts is what it says now.
      expect(await phone.marks()).toEqual(await phone.expected());
      expect(phone.logged(/page token expired/)).toHaveLength(1);
    });
  });

  describe('is asked', () => {
    it('after the first sync of an active connector, and then as often as both sides are read whole', async () => {
      const task = phone.task();
      await query(`update connectors set synced_at = null`);
      expect(await task.enqueueDue()).toEqual([]);
      await query(`update connectors set synced_at = now(), state = 'reauthorization_required'`);
      expect(await task.enqueueDue()).toEqual([]);
      await query(`update connectors set state = 'active'`);
      expect(await task.enqueueDue()).toEqual([phone.connectorId]);
      // A job is there already.
      expect(await task.enqueueDue()).toEqual([]);
      await phone.slice(task);
      const seconds = (await phone.state())?.seconds ?? NaN;
      expect([seconds > 890, seconds < 1_110]).toEqual([true, true]);
      expect(await task.enqueueDue()).toEqual([]);
    });

    it('once more when that is asked for while it is under way', async () => {
      const task = phone.task({ sliceSeconds: 0 });
      await task.enqueueDue();
      await phone.slice(task);
      await query('update zoom_phone_listings set next_at = clock_timestamp()');
      while (await phone.slice(task));
      expect(await phone.state()).toMatchObject({ answer: 'listed', isUnderWay: false });
      expect(await task.enqueueDue()).toEqual([phone.connectorId]);
    });

    it('further when its job was lost', async () => {
      const task = phone.task({ sliceSeconds: 0 });
      await task.enqueueDue();
      await phone.slice(task);
      await query(`delete from graphile_worker._private_jobs`);
      expect(await task.enqueueDue()).toEqual([phone.connectorId]);
      await phone.slice(task);
      expect(await phone.state()).toMatchObject({ pages: 2 });
    });

    it('no further when the connector ends meanwhile', async () => {
      const task = phone.task({ sliceSeconds: 0 });
      await task.enqueueDue();
      await phone.slice(task);
      await query('delete from zoom_phone_listings');
      await query(`update connectors set state = 'disconnected'`);
      await phone.slice(task);
      expect([await phone.state(), await phone.jobs(), await phone.counts()]).toEqual([
        undefined,
        [],
        expect.objectContaining({ true: 0, false: 0 }),
      ]);
    });
  });

  describe('in the hands of a worker', () => {
    it('that is told to stop is let go of at once, without a failure', async () => {
      const stopping = new AbortController();
      const task = phone.task();
      await task.enqueueDue();
      phone.sandbox.control.setFault({ kind: 'zoom.phone_users', fault: 'slow', ms: 5_000, after: 2 });
      const stopped = phone.slice(task, stopping.signal);
      while (((await phone.state())?.pages ?? 0) < 2);
      stopping.abort(new Error('the worker is shutting down'));
      await stopped;
      expect(await phone.state()).toMatchObject({ pages: 2, attempts: 0, isUnderWay: true });
      phone.sandbox.control.clearFaults();
      expect(await phone.slice(task)).toBe(true);
      expect(await phone.marks()).toEqual(await phone.expected());
    });

    it('that was taken for dead writes nothing any more', async () => {
      const task = phone.task();
      await task.enqueueDue();
      const listings = new ZoomPhoneListingRepository(phone.sync.database);
      const frozen = await listings.claim(phone.connectorId, 'frozen');
      if (frozen === undefined) throw new Error('it is not due');
      expect(await phone.slice(task)).toBe(true);
      expect(await phone.marks()).toEqual(await phone.expected());
      await phone.due();
      await listings.claim(phone.connectorId, 'another');
      await expect(
        phone.sync.database.transaction((transaction) => listings.lock(frozen, transaction)),
      ).rejects.toBeInstanceOf(ListingLost);
    });

    it('that dies again and again at the same page is given up', async () => {
      const task = phone.task();
      await task.enqueueDue();
      const listings = new ZoomPhoneListingRepository(phone.sync.database);
      for (let death = 0; death < 6; death += 1) await listings.claim(phone.connectorId, `dead-${death}`);
      await phone.slice(task);
      expect([await phone.state(), phone.asked()]).toEqual([expect.objectContaining({ failure: 'interrupted' }), 0]);
    });
  });
});
