import type { Database } from '../../platform/database/database';
import type { Logger } from '../../platform/logging/logger';
import type { TaskRegistry } from '../../platform/queue/task-registry';
import type { ZoomPhoneApi } from '../../zoom/zoom-phone-api';
import type { ActiveGrants } from '../active-grants';
import type { SyncIntervals } from '../synced-connector.repository';
import { ZoomPhoneListingRepository } from './zoom-phone-listing.repository';
import { ZoomPhoneReader, type ReaderOptions } from './zoom-phone-reader';
import { ZoomPhoneTask } from './zoom-phone.task';
import { ZoomPhoneUserRepository } from './zoom-phone-user.repository';

/** What the listing needs from outside; everything else is put together here, for the module and for tests alike. */
export interface ZoomPhoneParts extends ReaderOptions {
  tasks: TaskRegistry;
  database: Database;
  grants: Pick<ActiveGrants, 'active'>;
  zoom: ZoomPhoneApi;
  intervals: SyncIntervals;
  logger: Logger;
}

export function composeZoomPhone(parts: ZoomPhoneParts): ZoomPhoneTask {
  const { tasks, database, grants, zoom, intervals, logger } = parts;
  const listings = new ZoomPhoneListingRepository(database);
  const users = new ZoomPhoneUserRepository();
  const reader = new ZoomPhoneReader(database, zoom, listings, users, logger, parts);
  return new ZoomPhoneTask(tasks, database, grants, listings, users, reader, intervals, logger);
}
