import type { CloudLinkApi } from '../cloudlink/cloudlink-api';
import { AuditLog } from '../platform/audit/audit-log';
import type { Clock } from '../platform/clock/clock';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import type { ZoomApi } from '../zoom/zoom-api';
import { ChangeLogRepository } from '../users/changes/change-log.repository';
import type { ActiveGrants } from './active-grants';
import { CloudLinkUsersPhase } from './cloudlink-users.phase';
import { DeltaPhase } from './delta.phase';
import { DeltaRepository } from './delta.repository';
import { DeltaZoomUsers } from './delta-zoom-users';
import { MissingUserRepository } from './missing-user.repository';
import { PageChangeRecorder } from './page-change.recorder';
import { PageFactsReader } from './page-facts.reader';
import { PagePeopleRepository } from './page-people.repository';
import { PagePreparer } from './page-preparer';
import { PageRecordRepository } from './page-record.repository';
import { PageWriter } from './page-writer';
import { RemovalPhase, type RemovalPatience } from './removal.phase';
import { RunClaimRepository } from './run-claim.repository';
import { RunEndings } from './run-endings';
import { RunExecutor } from './run-executor';
import { RunScratchRepository } from './run-scratch.repository';
import { SyncRunRepository } from './sync-run.repository';
import { SyncedConnectorRepository } from './synced-connector.repository';
import { SyncedCredentialRepository } from './synced-credential.repository';
import { SyncedUserRepository } from './synced-user.repository';
import { ZoomNewsRepository } from './zoom-news.repository';
import { ZoomUsersPhase } from './zoom-users.phase';

/** What a run needs from outside: everything else is put together here, for the module and for tests alike. */
export interface ExecutorParts {
  database: Database;
  zoom: ZoomApi;
  cloudlink: CloudLinkApi;
  grants: ActiveGrants;
  ciphers: ConnectorCiphers;
  clock: Clock;
  logger: Logger;
  patience: RemovalPatience;
  /** How long a run may keep its slot; 0: for one page (default 5 s). */
  sliceSeconds?: number;
}

export function composeRemoval(database: Database, clock: Clock, patience: RemovalPatience): RemovalPhase {
  const runs = new SyncRunRepository(database);
  return new RemovalPhase(
    database,
    runs,
    new RunEndings(runs, new SyncedConnectorRepository(), new AuditLog(database)),
    new SyncedConnectorRepository(),
    new RunScratchRepository(),
    new ZoomNewsRepository(),
    new SyncedUserRepository(),
    new MissingUserRepository(),
    new ChangeLogRepository(),
    clock,
    patience,
  );
}

/** The two phases that read the providers. */
export function composePhases(parts: ExecutorParts): {
  zoomUsers: ZoomUsersPhase;
  cloudlinkUsers: CloudLinkUsersPhase;
} {
  const { database, clock, logger } = parts;
  const runs = new SyncRunRepository(database);
  const scratch = new RunScratchRepository();
  const users = new SyncedUserRepository();
  const news = new ZoomNewsRepository();
  const people = new PagePeopleRepository();
  const preparer = new PagePreparer(new PageFactsReader(people, news, scratch, users), clock);
  const writer = new PageWriter(
    preparer,
    users,
    new SyncedCredentialRepository(),
    new PageRecordRepository(),
    new PageChangeRecorder(new ChangeLogRepository()),
  );
  return {
    zoomUsers: new ZoomUsersPhase(database, parts.zoom, runs, news, logger),
    cloudlinkUsers: new CloudLinkUsersPhase(
      database,
      parts.cloudlink,
      runs,
      scratch,
      people,
      preparer,
      writer,
      parts.ciphers,
    ),
  };
}

function composeDelta(parts: ExecutorParts): DeltaPhase {
  const { database } = parts;
  const runs = new SyncRunRepository(database);
  const scratch = new RunScratchRepository();
  const deltas = new DeltaRepository();
  return new DeltaPhase(
    database,
    parts.cloudlink,
    runs,
    new RunEndings(runs, new SyncedConnectorRepository(), new AuditLog(database)),
    new SyncedConnectorRepository(),
    scratch,
    deltas,
    new DeltaZoomUsers(
      database,
      parts.zoom,
      runs,
      scratch,
      new ZoomNewsRepository(),
      new SyncedUserRepository(),
      deltas,
    ),
    (cloudlink) => composePhases({ ...parts, cloudlink }).cloudlinkUsers,
    parts.logger,
  );
}

export function composeExecutor(parts: ExecutorParts): RunExecutor {
  const { database, clock, logger } = parts;
  const runs = new SyncRunRepository(database);
  const { zoomUsers, cloudlinkUsers } = composePhases(parts);
  return new RunExecutor(
    database,
    parts.grants,
    runs,
    new RunClaimRepository(database),
    new RunEndings(runs, new SyncedConnectorRepository(), new AuditLog(database)),
    new SyncedConnectorRepository(),
    new RunScratchRepository(),
    zoomUsers,
    cloudlinkUsers,
    composeRemoval(database, clock, parts.patience),
    composeDelta(parts),
    logger,
    parts.sliceSeconds,
  );
}
