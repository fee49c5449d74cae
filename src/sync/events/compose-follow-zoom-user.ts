import type { Clock } from '../../platform/clock/clock';
import type { Database } from '../../platform/database/database';
import { ChangeLogRepository } from '../../users/changes/change-log.repository';
import type { ZoomApi } from '../../zoom/zoom-api';
import type { ActiveGrants } from '../active-grants';
import { MissingUserRepository } from '../missing-user.repository';
import { RunScratchRepository } from '../run-scratch.repository';
import { SyncRunRepository } from '../sync-run.repository';
import { SyncedConnectorRepository } from '../synced-connector.repository';
import { SyncedUserRepository } from '../synced-user.repository';
import { ZoomNewsRepository } from '../zoom-news.repository';
import { FollowStoredUser } from './follow-stored-user';
import { FollowZoomUser } from './follow-zoom-user';
import { HintedConnectorRepository } from './hinted-connector.repository';

/** What following a user needs from outside; everything else is put together here, for the module and for tests alike. */
export function composeFollowZoomUser(parts: {
  database: Database;
  grants: Pick<ActiveGrants, 'active'>;
  zoom: ZoomApi;
  clock: Clock;
}): FollowZoomUser {
  const { database, grants, zoom, clock } = parts;
  return new FollowZoomUser(
    database,
    grants,
    zoom,
    {
      connectors: new HintedConnectorRepository(),
      schedule: new SyncedConnectorRepository(),
      runs: new SyncRunRepository(database),
      news: new ZoomNewsRepository(),
      missing: new MissingUserRepository(),
      stored: new FollowStoredUser(
        new SyncedUserRepository(),
        new RunScratchRepository(),
        new ChangeLogRepository(),
        clock,
      ),
    },
    clock,
  );
}
