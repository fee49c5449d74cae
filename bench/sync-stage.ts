import { HttpService } from '@nestjs/axios';
import { randomBytes, randomUUID } from 'node:crypto';
import pino from 'pino';
import type { CloudLinkApi } from '../src/cloudlink/cloudlink-api';
import { CloudLinkClient } from '../src/cloudlink/cloudlink.client';
import { SystemClock } from '../src/platform/clock/clock';
import { ConnectorCiphers } from '../src/platform/crypto/connector-cipher';
import { Keyring } from '../src/platform/crypto/keyring';
import { Database } from '../src/platform/database/database';
import type { AsGrant } from '../src/platform/remote/as-grant';
import { RemoteHttp } from '../src/platform/remote/remote-http';
import type { ActiveGrants } from '../src/sync/active-grants';
import { composeExecutor, type ExecutorParts } from '../src/sync/compose-executor';
import { RunClaimRepository } from '../src/sync/run-claim.repository';
import type { RunMode } from '../src/sync/run-mode';
import type { HeldRun, SyncRun } from '../src/sync/sync-run';
import { SyncRunRepository } from '../src/sync/sync-run.repository';
import { ZoomClient } from '../src/zoom/zoom.client';
import type { ZoomApi } from '../src/zoom/zoom-api';
import { ACCOUNTS } from '../sandbox/accounts';
import type { SandboxPlace } from './sandbox-process';

export const NEVER = new AbortController().signal;
/** One for all stages of this process: a later one reads what an earlier one has sealed. */
const KEY = randomBytes(32);

const asGrant = (token: string, accountId: string): AsGrant => ({
  accountId,
  accessToken: () => Promise.resolve(token),
});

/** The clients and the sync as the program puts them together, on one connector. */
export class SyncStage {
  readonly database: Database;
  readonly parts: ExecutorParts;
  readonly runs: SyncRunRepository;
  private readonly ciphers: ConnectorCiphers;

  constructor(
    databaseUrl: string,
    place: SandboxPlace,
    options: { cloudlink?: CloudLinkApi; zoom?: ZoomApi; key?: Buffer } = {},
  ) {
    this.database = new Database(databaseUrl);
    this.runs = new SyncRunRepository(this.database);
    this.ciphers = new ConnectorCiphers(new Keyring([{ id: 'bench', key: options.key ?? KEY }]), this.database);
    const clock = new SystemClock();
    const logger = pino({ level: 'error' }, pino.destination(2));
    const http = new RemoteHttp(new HttpService(), clock, logger);
    this.parts = {
      database: this.database,
      zoom: options.zoom ?? new ZoomClient(http, place.urls.zoomApi),
      cloudlink:
        options.cloudlink ??
        new CloudLinkClient(http, { authUrl: place.urls.cloudlinkAuth, adminUrl: place.urls.cloudlinkAdmin }),
      grants: new SandboxGrants(place),
      ciphers: this.ciphers,
      clock,
      logger,
      patience: { removeMissingAfterSeconds: 0, syncIntervalSeconds: 900 },
      // Each figure is of a whole run.
      sliceSeconds: Infinity,
    };
  }

  async connector(): Promise<string> {
    const connectorId = randomUUID();
    await this.database.query(
      `insert into connectors (connector_id, state, zoom_account_id, cloudlink_account_id)
       values ($1::uuid, 'active', $1::text, $1::text)`,
      [connectorId],
    );
    await this.ciphers.create(connectorId, this.database);
    return connectorId;
  }

  async claim(connectorId: string, mode: RunMode = 'full'): Promise<HeldRun> {
    await this.runs.enqueue(connectorId, 'manual', this.database, mode);
    const run = await new RunClaimRepository(this.database).claim(connectorId, 'bench');
    if (run === undefined) throw new Error('there is no run to claim');
    return run;
  }

  /** A whole run. @throws Error when it does not succeed: then there is nothing to measure */
  async sync(connectorId: string, mode: RunMode = 'full'): Promise<SyncRun> {
    const run = await this.claim(connectorId, mode);
    await composeExecutor(this.parts).execute(run, { jobId: '0', signal: NEVER });
    const ended = await this.database.transaction((transaction) =>
      this.runs.lockById(connectorId, run.runId, transaction),
    );
    if (ended?.state !== 'succeeded') throw new Error(`the sync ended as ${ended?.state}: ${ended?.error?.message}`);
    return ended;
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

class SandboxGrants implements ActiveGrants {
  constructor(private readonly place: SandboxPlace) {}

  async active(_connectorId: string, provider: 'zoom' | 'cloudlink') {
    const accountId = (provider === 'zoom' ? ACCOUNTS[0]?.zoomAccountId : ACCOUNTS[0]?.cloudlinkAccountId) ?? '';
    return { grantId: provider, accountId, tokens: asGrant(this.place[provider].accessToken, accountId) };
  }

  async check(): Promise<void> {}
}
