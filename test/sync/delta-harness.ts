import { HttpService } from '@nestjs/axios';
import { ACCOUNTS, type AccountPlan } from '../../sandbox/accounts';
import type { SandboxControl } from '../../sandbox/control/sandbox-control';
import { DEFAULT_SEED } from '../../sandbox/credentials';
import { Roster } from '../../sandbox/directory/roster';
import { startSandbox, type RunningSandbox } from '../../sandbox/server';
import { SandboxClient, type Tokens } from '../../sandbox/testing/client';
import { CloudLinkClient } from '../../src/cloudlink/cloudlink.client';
import type { PsiPage } from '../../src/cloudlink/cloudlink-types';
import type { AsGrant } from '../../src/platform/remote/as-grant';
import { RemoteHttp } from '../../src/platform/remote/remote-http';
import type { ActiveGrants } from '../../src/sync/active-grants';
import { composeExecutor } from '../../src/sync/compose-executor';
import { composeFollowZoomUser } from '../../src/sync/events/compose-follow-zoom-user';
import { HintedConnectorRepository } from '../../src/sync/events/hinted-connector.repository';
import type { SyncRun } from '../../src/sync/sync-run';
import type { ZoomUserEventName } from '../../src/zoom/webhooks/zoom-event';
import { ZoomClient } from '../../src/zoom/zoom.client';
import { NEVER, SyncHarness } from './sync-harness';

const HOURS = 3_600;
const [FIRST_ACCOUNT] = ACCOUNTS as [AccountPlan];

/** What happens between the answer and its use. */
class WatchedCloudLink extends CloudLinkClient {
  onPage: () => void = () => undefined;

  override async listPsiUsers(...given: Parameters<CloudLinkClient['listPsiUsers']>): Promise<PsiPage> {
    const page = await super.listPsiUsers(...given);
    this.onPage();
    return page;
  }
}

class SandboxGrants implements ActiveGrants {
  constructor(private readonly tokens: Record<'zoom' | 'cloudlink', Tokens>) {}

  async active(_connectorId: string, provider: 'zoom' | 'cloudlink') {
    const accountId = provider === 'zoom' ? FIRST_ACCOUNT.zoomAccountId : FIRST_ACCOUNT.cloudlinkAccountId;
    const grant: AsGrant = {
      accountId,
      accessToken: () => Promise.resolve(this.tokens[provider].accessToken),
    };
    return { grantId: provider, accountId, tokens: grant };
  }

  async check(): Promise<void> {}
}

/** The sync on a real database and with the real clients, both providers being the sandbox over HTTP. */
export class DeltaHarness {
  connectorId = '';

  private constructor(
    readonly sync: SyncHarness,
    private readonly sandbox: RunningSandbox,
    readonly zoom: ZoomClient,
    readonly cloudlink: WatchedCloudLink,
    private readonly grants: ActiveGrants,
    private readonly directory: Roster,
  ) {}

  static async open(users = 60): Promise<DeltaHarness> {
    const [sync, sandbox] = await Promise.all([SyncHarness.open(), startSandbox({ port: 0, users })]);
    const client = new SandboxClient(sandbox);
    const tokens = { zoom: await client.zoomLogin(), cloudlink: await client.cloudlinkLogin() };
    const http = new RemoteHttp(new HttpService(), sync.clock, sync.logger, { defaultWaitMs: 5, jitterMs: () => 0 });
    const { zoomApi, cloudlinkAuth: authUrl, cloudlinkAdmin: adminUrl } = sandbox.urls;
    const harness = new DeltaHarness(
      sync,
      sandbox,
      new ZoomClient(http, zoomApi),
      new WatchedCloudLink(http, { authUrl, adminUrl }),
      new SandboxGrants(tokens),
      new Roster(FIRST_ACCOUNT, DEFAULT_SEED, users),
    );
    harness.connectorId = await sync.connector();
    return harness;
  }

  get control(): SandboxControl {
    return this.sandbox.control;
  }

  async close(): Promise<void> {
    await this.sync.close();
    await this.sandbox.stop();
  }

  /** One attempt at the run that is open. */
  async attempt(): Promise<SyncRun> {
    const { database, ciphers, clock, logger, patience } = this.sync;
    const taken = await this.sync.take('worker');
    if (taken === undefined) throw new Error('there is no run to take');
    const { run, job } = taken;
    const { zoom, cloudlink, grants } = this;
    await composeExecutor({ database, zoom, cloudlink, grants, ciphers, clock, logger, patience }).execute(run, job);
    return this.sync.syncRuns.get(run.connectorId, run.runId);
  }

  /** The schedule's next run, due now: every 15 minutes, whole every 6 hours. */
  async scheduled(): Promise<SyncRun> {
    await this.set('next_sync_at = now()');
    Object.assign(this.sync.intervals, { syncIntervalSeconds: HOURS / 4, fullSyncIntervalSeconds: 6 * HOURS });
    if ((await this.sync.due.enqueueAll()).length !== 1) throw new Error('nothing was due');
    return this.attempt();
  }

  async manual(mode: 'full' | 'delta'): Promise<SyncRun> {
    await this.sync.syncRuns.enqueue(this.connectorId, 'manual', undefined, mode);
    return this.attempt();
  }

  /** Zoom tells of a user by webhook. */
  async hint(zoomUserId: string, event: ZoomUserEventName): Promise<string> {
    const { database, clock } = this.sync;
    const connector = await new HintedConnectorRepository().find(this.connectorId, database);
    if (connector === undefined) throw new Error('there is no connector');
    const { grants, zoom } = this;
    return composeFollowZoomUser({ database, grants, zoom, clock }).follow(connector, zoomUserId, [event], NEVER);
  }

  async set(change: string): Promise<void> {
    await this.sync.database.query(`update connectors set ${change} where connector_id = $1`, [this.connectorId]);
  }

  /** What the connector's row says, times as milliseconds. */
  async row(): Promise<{
    from: number | null;
    refusedAt: number | null;
    reason: string | null;
    nextFull: number | null;
  }> {
    const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
    const { rows } = await this.sync.database.query<Awaited<ReturnType<DeltaHarness['row']>>>(
      `select ${ms('delta_from')} as "from", ${ms('delta_refused_at')} as "refusedAt", delta_refused_reason as reason,
              ${ms('next_full_sync_at')} as "nextFull" from connectors where connector_id = $1`,
      [this.connectorId],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('there is no connector');
    return row;
  }

  /** How often each kind of request has come since the last look. */
  asked(): Record<string, number> {
    const { counts } = this.control.requests();
    this.control.clearRequests();
    return counts;
  }

  /** Of the directory as it was at the start. */
  emailOf(position: number): string {
    return this.directory.person(position).cloudlinkEmail;
  }

  zoomIdOf(position: number): string {
    return this.directory.zoomIds.shortId(position);
  }

  user(position: number): Promise<Record<string, unknown> | undefined> {
    return this.sync.userOf(this.connectorId, this.emailOf(position));
  }

  /** The version of each user's row and credential, by email: it changes when the row is written or locked. */
  async versions(): Promise<Map<string, string>> {
    const { rows } = await this.sync.database.query<{ email: string; version: string }>(
      `select email, concat_ws('/', u.xmin, u.xmax, u.ctid, c.xmin, c.ctid) as version
       from integrated_users u left join sip_credentials c using (connector_id, user_id) where u.connector_id = $1`,
      [this.connectorId],
    );
    return new Map(rows.map(({ email, version }) => [email, version]));
  }

  linesWith(text: string): Record<string, unknown>[] {
    return this.sync.lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => String(line['msg']).includes(text));
  }
}
