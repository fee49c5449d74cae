import { HttpService } from '@nestjs/axios';
import { ACCOUNTS } from '../../sandbox/accounts';
import { startSandbox, type RunningSandbox } from '../../sandbox/server';
import { SandboxClient } from '../../sandbox/testing/client';
import { TaskRegistry } from '../../src/platform/queue/task-registry';
import { RemoteHttp } from '../../src/platform/remote/remote-http';
import { composeZoomPhone } from '../../src/sync/zoom-phone/compose-zoom-phone';
import type { ReaderOptions } from '../../src/sync/zoom-phone/zoom-phone-reader';
import type { ZoomPhoneTask } from '../../src/sync/zoom-phone/zoom-phone.task';
import { ZoomPhoneClient } from '../../src/zoom/zoom-phone.client';
import { NEVER, SyncHarness } from './sync-harness';

/** Small, so that 250 users of the sandbox are many pages. */
export const PAGE = 10;

export interface ListingState {
  answer: string | null;
  failure: string | null;
  isUnderWay: boolean;
  attempts: number;
  pages: number;
  /** Until it is due; may be negative. */
  seconds: number;
}

interface Directory {
  id: string | undefined;
  email: string;
}

/** A connector whose users are those of the sandbox's Zoom, and the listing over HTTP against that. */
export class ZoomPhoneHarness {
  connectorId = '';
  token = '';
  private constructor(
    readonly sync: SyncHarness,
    readonly sandbox: RunningSandbox,
    readonly client: SandboxClient,
  ) {}

  static async open(users = 250): Promise<ZoomPhoneHarness> {
    const sandbox = await startSandbox({ port: 0, users });
    const harness = new ZoomPhoneHarness(await SyncHarness.open(), sandbox, new SandboxClient(sandbox));
    harness.token = (await harness.client.zoomLogin()).accessToken;
    harness.connectorId = await harness.connector();
    return harness;
  }

  async close(): Promise<void> {
    await this.sync.close();
    await this.sandbox.stop();
  }

  /** Active, synced, with a row for everybody whom Zoom lists. */
  async connector(): Promise<string> {
    const connectorId = await this.sync.connector();
    await this.sync.database.query('update connectors set synced_at = now() where connector_id = $1', [connectorId]);
    const everybody = await this.directory();
    await this.sync.database.query(
      `insert into integrated_users (connector_id, user_id, email, zoom_user_id, zoom_status)
       select $1, gen_random_uuid(), email, id, 'active' from unnest($2::text[], $3::text[]) as d (email, id)`,
      [connectorId, everybody.map(({ email }) => email.toLowerCase()), everybody.map(({ id }) => id ?? null)],
    );
    return connectorId;
  }

  async directory(): Promise<Directory[]> {
    const statuses = ['active', 'inactive', 'pending'];
    return (
      await Promise.all(statuses.map((s) => this.client.zoomUsers(s, this.token)))
    ).flat() as unknown as Directory[];
  }

  task(options: ReaderOptions = {}): ZoomPhoneTask {
    const { database, clock, logger, intervals } = this.sync;
    const accountId = ACCOUNTS[0]?.zoomAccountId;
    const tokens = { accountId, accessToken: () => Promise.resolve(this.token) };
    const http = new RemoteHttp(new HttpService(), clock, logger, { defaultWaitMs: 1, jitterMs: () => 0 });
    return composeZoomPhone({
      tasks: new TaskRegistry(),
      database,
      grants: { active: async () => ({ grantId: 'zoom', accountId: accountId ?? '', tokens }) },
      zoom: new ZoomPhoneClient(http, this.sandbox.urls.zoomApi),
      intervals: { ...intervals, syncIntervalSeconds: 100, fullSyncIntervalSeconds: 1_000 },
      logger,
      pageSize: PAGE,
      ...options,
    });
  }

  /** Works on the next job that is due, as a worker of the queue does. @returns whether there was one */
  async slice(task: ZoomPhoneTask, signal = NEVER): Promise<boolean> {
    const { rows } = await this.sync.database.query<{ id: string; connector: string }>(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'test', attempts = attempts + 1
       where id = (select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
                   where t.identifier = 'read-zoom-phone' and j.is_available and j.run_at <= clock_timestamp()
                   order by j.priority, j.run_at limit 1)
       returning id, payload ->> 'connectorId' as connector`,
    );
    const [job] = rows;
    if (job === undefined) return false;
    await task.work(job.connector, { jobId: job.id, signal });
    await this.sync.database.query('delete from graphile_worker._private_jobs where id = $1', [job.id]);
    return true;
  }

  /** Makes it due and works on it until nothing is left. @returns how many slices that took */
  async read(task = this.task()): Promise<number> {
    await this.due();
    await task.enqueueDue();
    let slices = 0;
    while (await this.slice(task)) slices += 1;
    return slices;
  }

  async due(): Promise<void> {
    await this.sync.database.query('update zoom_phone_listings set next_at = now()');
  }

  async state(connectorId = this.connectorId): Promise<ListingState | undefined> {
    const { rows } = await this.sync.database.query<ListingState>(
      `select answer, failure_code as failure, begun_at is not null as "isUnderWay", attempts,
              (select count(*)::int from zoom_phone_pages p where p.connector_id = l.connector_id) as pages,
              extract(epoch from next_at - now())::float8 as seconds
       from zoom_phone_listings l where connector_id = $1`,
      [connectorId],
    );
    return rows[0];
  }

  /** The connectors of all jobs, in how many seconds each is due. */
  async jobs(): Promise<{ connector: string; seconds: number }[]> {
    const { rows } = await this.sync.database.query<{ connector: string; seconds: number }>(
      `select payload ->> 'connectorId' as connector, extract(epoch from run_at - now())::float8 as seconds
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'read-zoom-phone' and j.is_available order by j.run_at`,
    );
    return rows;
  }

  async marks(connectorId = this.connectorId): Promise<Record<string, boolean | null>> {
    const { rows } = await this.sync.database.query<{ email: string; has: boolean | null }>(
      'select email, zoom_phone as has from integrated_users where connector_id = $1 order by email',
      [connectorId],
    );
    return Object.fromEntries(rows.map(({ email, has }) => [email, has]));
  }

  /** How many users have each mark. */
  async counts(): Promise<{ true: number; false: number; null: number }> {
    const marks = Object.values(await this.marks());
    const of = (mark: boolean | null): number => marks.filter((has) => has === mark).length;
    return { true: of(true), false: of(false), null: of(null) };
  }

  /** What the sandbox itself says, read without the code under test. */
  async expected(): Promise<Record<string, boolean>> {
    const having = new Set<unknown>();
    for (let next = ''; ;) {
      const { body } = await this.client.zoomGet(`/phone/users?page_size=100&next_page_token=${next}`, this.token);
      for (const user of body['users'] as Record<string, unknown>[])
        if (user['status'] === 'activate') having.add(user['email']);
      next = String(body['next_page_token']);
      if (next === '') break;
    }
    const everybody = (await this.directory()).map(({ email }) => email);
    const sorted = everybody.map((email): [string, boolean] => [email.toLowerCase(), having.has(email)]);
    return Object.fromEntries(sorted.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The versions of all rows: one that is written gets another. */
  async versions(): Promise<Map<string, string>> {
    const { rows } = await this.sync.database.query<{ email: string; version: string }>(
      'select email, xmin::text || ctid::text as version from integrated_users where connector_id = $1',
      [this.connectorId],
    );
    return new Map(rows.map(({ email, version }) => [email, version]));
  }

  asked(): number {
    return this.sandbox.control.requests().counts['zoom.phone_users'] ?? 0;
  }

  /** Lines of the log with this message. */
  logged(message: RegExp): Record<string, unknown>[] {
    const lines = this.sync.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return lines.filter(({ msg }) => message.test(String(msg)));
  }
}
