import { CopyRows } from '../platform/database/copy-in';
import { inSteps } from './in-steps';
import type { PlannedUser } from './plan-types';
import type { SealedCredential } from './seal-credential';

const USER_COLUMNS = [
  'connector_id',
  'user_id',
  'email',
  'display_name',
  'zoom_user_id',
  'zoom_status',
  'cloudlink_user_id',
  'extension',
  'pbx_type',
  'pbx_site',
  'licences',
  'credential_state',
  'status',
  'status_since',
  'status_expires_at',
  'fingerprint',
  'synced_at',
] as const;

/** Users who are stored for the first time. */
export async function newUsers(connectorId: string, users: readonly PlannedUser[], now: Date): Promise<CopyRows> {
  const rows = new CopyRows('integrated_users', USER_COLUMNS);
  await inSteps(users, (user) =>
    rows.add([
      connectorId,
      user.userId,
      user.email,
      user.displayName,
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
      user.fingerprint,
      now,
    ]),
  );
  return rows;
}

const CREDENTIAL_COLUMNS = [
  'connector_id',
  'user_id',
  'user_name',
  'auth_user_name',
  'realm',
  'md5_ha1',
  'sha256_ha1',
  'targets',
  'synced_at',
] as const;

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
