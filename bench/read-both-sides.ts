import type { ZoomUserStatus } from '../src/zoom/zoom-types';
import type { SandboxPlace } from './sandbox-process';
import { NEVER, SyncStage } from './sync-stage';

const STATUSES: readonly ZoomUserStatus[] = ['active', 'inactive', 'pending'];
/** As the sync asks (zoom-users.phase.ts). */
const ZOOM_PAGE_SIZE = 2000;

/** What no sync can do without: both lists, asked for, parsed and checked, and then forgotten. The database is not used. */
export async function readBothSides(databaseUrl: string, place: SandboxPlace): Promise<void> {
  const stage = new SyncStage(databaseUrl, place);
  try {
    await readZoom(stage);
    await readCloudLink(stage);
  } finally {
    await stage.close();
  }
}

async function readZoom({ parts }: SyncStage): Promise<void> {
  const { tokens } = await parts.grants.active('', 'zoom');
  for (const status of STATUSES) {
    let pageToken: string | undefined;
    do {
      const query = { status, pageToken, pageSize: ZOOM_PAGE_SIZE };
      pageToken = (await parts.zoom.listUsers(tokens, query, NEVER)).nextPageToken;
    } while (pageToken !== undefined);
  }
}

async function readCloudLink({ parts }: SyncStage): Promise<void> {
  const { tokens, accountId } = await parts.grants.active('', 'cloudlink');
  let position: string | undefined;
  do {
    position = (await parts.cloudlink.listPsiUsers(tokens, accountId, position, NEVER)).next;
  } while (position !== undefined);
}
