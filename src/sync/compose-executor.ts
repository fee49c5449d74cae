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
import { RemovalPhase } from './removal.phase';
import { RunEndings } from './run-endings';
import { RunExecutor } from './run-executor';
import { RunScratchRepository } from './run-scratch.repository';
import { SyncProblemRepository } from './sync-problem.repository';
import { SyncRunRepository } from './sync-run.repository';
import { SyncedConnectorRepository } from './synced-connector.repository';
import { SyncedCredentialRepository } from './synced-credential.repository';
import { SyncedUserRepository } from './synced-user.repository';
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
  leaseSeconds?: number;
}

export function composeRemoval(database: Database, clock: Clock): RemovalPhase {
  const runs = new SyncRunRepository(database);
  return new RemovalPhase(
    database,
    runs,
    new RunEndings(runs, new AuditLog(database)),
    new SyncedConnectorRepository(),
    new RunScratchRepository(),
    new SyncedUserRepository(),
    new MissingUserRepository(),
    new ChangeLogRepository(),
    clock,
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
  return {
    zoomUsers: new ZoomUsersPhase(database, parts.zoom, runs, scratch, logger),
    cloudlinkUsers: new CloudLinkUsersPhase(
      database,
      parts.cloudlink,
      runs,
      scratch,
      new SyncedUserRepository(),
      new SyncedCredentialRepository(),
      new SyncProblemRepository(),
      new PageChangeRecorder(new ChangeLogRepository()),
      parts.ciphers,
      clock,
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
    new RunEndings(runs, new AuditLog(database)),
    new SyncedConnectorRepository(),
    scratch,
    deltas,
    new DeltaZoomUsers(database, parts.zoom, runs, scratch, new SyncedUserRepository(), deltas),
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
    new RunEndings(runs, new AuditLog(database)),
    new SyncedConnectorRepository(),
    new RunScratchRepository(),
    zoomUsers,
    cloudlinkUsers,
    composeRemoval(database, clock),
    composeDelta(parts),
    logger,
    parts.leaseSeconds,
  );
}
