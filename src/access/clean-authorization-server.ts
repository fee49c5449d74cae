import type { Clock } from '../platform/clock/clock';
import type { Database } from '../platform/database/database';
import type { ArtifactRepository } from './artifact.repository';
import type { Authorizations } from './authorizations.service';
import type { ClientStatusRepository } from './client-status.repository';
import type { Sessions } from './sessions/sessions.service';
import type { SigningKeys } from './signing-keys';

export const CLEAN_AUTHORIZATION_SERVER = 'clean-authorization-server';

/**
 * Of 10 000 connectors that renew hourly some 170 refresh tokens a minute become too old to be remembered. But anybody may
 * begin an authorization and leave it, so all that has expired goes, in statements that hold no locks for long.
 */
const BATCH = 5000;
/** What has expired is kept this much longer, for the clocks of other processes. */
const GRACE_MS = 3_600_000;

interface Parts {
  database: Database;
  artifacts: ArtifactRepository;
  authorizations: Authorizations;
  status: ClientStatusRepository;
  keys: SigningKeys;
  sessions: Sessions;
  clock: Clock;
}

/** Expired rows are refused when they are read; this only keeps the tables small. */
export function cleanAuthorizationServer(parts: Parts): () => Promise<void> {
  return async () => {
    const now = parts.clock.now();
    while ((await parts.artifacts.deleteExpired(parts.database, now, BATCH)) === BATCH);
    await parts.authorizations.endIdle();
    await parts.sessions.sweep();
    const before = new Date(now.getTime() - GRACE_MS);
    await parts.status.forgetExpired(parts.database, before);
    await parts.keys.forgetRetired(before);
  };
}
