import { CopyRows } from '../platform/database/copy-in';
import { normaliseEmail } from '../platform/text/normalise-email';
import type { ZoomUser, ZoomUserStatus } from '../zoom/zoom-types';
import { inSteps } from './in-steps';
import type { SyncRun } from './sync-run';

const COLUMNS = {
  connector_id: 'uuid',
  run_id: 'uuid',
  email: 'text',
  zoom_user_id: 'text',
  zoom_status: 'text',
  display_name: 'text',
} as const;

/** Of one email that Zoom lists twice the more useful user counts. */
const RANK: Record<ZoomUserStatus, number> = { active: 3, inactive: 2, pending: 1 };

/** Users of Zoom on their way into a run's own table: one for each email, and the rows that say so. */
export interface NewZoomUsers {
  byEmail: ReadonlyMap<string, ZoomUser>;
  rows: CopyRows;
}

export async function newZoomUsers(
  { connectorId, runId }: Pick<SyncRun, 'connectorId' | 'runId'>,
  users: readonly ZoomUser[],
): Promise<NewZoomUsers> {
  const byEmail = new Map<string, ZoomUser>();
  await inSteps(users, (user) => {
    const email = normaliseEmail(user.email);
    const other = byEmail.get(email);
    if (other === undefined || RANK[user.status] > RANK[other.status]) byEmail.set(email, user);
  });
  const rows = new CopyRows('sync_run_zoom_users', COLUMNS);
  await inSteps([...byEmail], ([email, { id, status, displayName }]) =>
    rows.add([connectorId, runId, email, id ?? null, status, displayName]),
  );
  return { byEmail, rows };
}
