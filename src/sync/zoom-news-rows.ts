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

/** Users of Zoom by normalised email; null: Zoom has nobody by it. */
export type ZoomUsersByEmail = ReadonlyMap<string, ZoomUser | null>;

/** News on their way into the run's own table: one for each email, and the rows that say so. */
export interface ZoomNewsRows {
  byEmail: ZoomUsersByEmail;
  rows: CopyRows;
}

/** One user for each email. */
export async function chooseByEmail(users: readonly ZoomUser[]): Promise<Map<string, ZoomUser>> {
  const byEmail = new Map<string, ZoomUser>();
  await inSteps(users, (user) => {
    const email = normaliseEmail(user.email);
    const other = byEmail.get(email);
    if (other === undefined || RANK[user.status] > RANK[other.status]) byEmail.set(email, user);
  });
  return byEmail;
}

export async function zoomNewsRows(
  { connectorId, runId }: Pick<SyncRun, 'connectorId' | 'runId'>,
  byEmail: ZoomUsersByEmail,
): Promise<ZoomNewsRows> {
  const rows = new CopyRows('sync_run_zoom_news', COLUMNS);
  await inSteps([...byEmail], ([email, user]) =>
    rows.add([connectorId, runId, email, user?.id ?? null, user?.status ?? null, user?.displayName ?? '']),
  );
  return { byEmail, rows };
}
