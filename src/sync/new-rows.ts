import { CopyRows } from '../platform/database/copy-in';
import { inSteps } from './in-steps';
import type { PlannedUser } from './plan-types';
import type { SealedCredential } from './seal-credential';

const USER_COLUMNS = {
  connector_id: 'uuid',
  user_id: 'uuid',
  email: 'text',
  display_name: 'text',
  has_zoom_name: 'bool',
  zoom_user_id: 'text',
  zoom_status: 'text',
  cloudlink_user_id: 'text',
  extension: 'text',
  pbx_type: 'text',
  pbx_site: 'text',
  licences: 'jsonb',
  credential_state: 'text',
  status: 'text',
  status_since: 'timestamptz',
  status_expires_at: 'timestamptz',
  fingerprint: 'bytea',
  synced_at: 'timestamptz',
} as const;

/** Users who are stored for the first time. */
export async function newUsers(connectorId: string, users: readonly PlannedUser[], now: Date): Promise<CopyRows> {
  const rows = new CopyRows('integrated_users', USER_COLUMNS);
  await inSteps(users, (user) =>
    rows.add([
      connectorId,
      user.userId,
      user.email,
      user.displayName,
      user.hasZoomName,
      user.zoomUserId,
      user.zoomStatus,
      user.cloudlinkUserId,
      user.extension,
      user.pbx?.type ?? null,
      user.pbx?.site ?? null,
      JSON.stringify(user.licences),
      user.credentialState,
      user.status,
      user.statusSince,
      user.statusExpiresAt,
      Buffer.from(user.fingerprint, 'hex'),
      now,
    ]),
  );
  return rows;
}

const CREDENTIAL_COLUMNS = {
  connector_id: 'uuid',
  user_id: 'uuid',
  user_name: 'text',
  auth_user_name: 'text',
  realm: 'text',
  md5_ha1: 'bytea',
  sha256_ha1: 'bytea',
  targets: 'jsonb',
  synced_at: 'timestamptz',
} as const;

/** Their credentials: no row can be in the way, so none is looked for. */
export async function newCredentials(
  connectorId: string,
  credentials: readonly SealedCredential[],
  now: Date,
): Promise<CopyRows> {
  const rows = new CopyRows('sip_credentials', CREDENTIAL_COLUMNS);
  await inSteps(credentials, ({ userId, userName, authUserName, realm, md5, sha256, targets }) =>
    rows.add([connectorId, userId, userName, authUserName, realm, md5, sha256, JSON.stringify(targets), now]),
  );
  return rows;
}
