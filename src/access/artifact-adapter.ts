import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Clock } from '../platform/clock/clock';
import type { Database } from '../platform/database/database';
import type { ArtifactRepository, StoredArtifact } from './artifact.repository';
import type { EndReason } from './authorization.repository';
import type { Authorizations } from './authorizations.service';
import type { StructuredTokens } from './structured-tokens';

/** How long a spent code or refresh token is remembered, so that whoever brings it again ends the family. */
const REMEMBER_SECONDS = 7 * 86_400;
/** What has no life of its own lives as long as an interaction. */
const DEFAULT_SECONDS = 1800;

/** These belong to an authorization and end with it. */
const FAMILY = new Set(['AuthorizationCode', 'RefreshToken', 'Grant']);
/** JWTs, which nobody stores. */
const STRUCTURED = new Set(['AccessToken', 'ClientCredentials']);

export interface AdapterParts {
  database: Database;
  artifacts: ArtifactRepository;
  authorizations: Authorizations;
  tokens: StructuredTokens;
  clock: Clock;
  findClient: (clientId: string) => Promise<AdapterPayload | undefined>;
  /** The answer to a code or token that is not good (any more): RFC 6749 section 5.2, invalid_grant. */
  invalidGrant: (detail: string) => Error;
  /**
   * What oidc-provider would refuse of the request in hand only after the code or token is spent.
   * @throws Error of RFC 8707 section 2, invalid_target
   */
  checkTarget: () => void;
  /** Why the request in hand ends a family. */
  endReason: () => EndReason;
}

/** Where oidc-provider keeps its things: in PostgreSQL, so that each request may reach another process. */
export const artifactAdapter =
  (parts: AdapterParts): AdapterFactory =>
  (model) => {
    const shared = { ...NOTHING_KEPT, revokeByGrantId: (grantId: string) => endFamily(parts, grantId) };
    if (model === 'Client') return { ...NOTHING_KEPT, find: parts.findClient };
    if (STRUCTURED.has(model)) {
      return {
        ...shared,
        find: (handle) => parts.tokens.find(model, handle),
        destroy: (handle) => parts.tokens.revoke(handle),
      };
    }
    return { ...shared, ...stored(parts, model) };
  };

type Kept = Pick<Adapter, 'upsert' | 'find' | 'findByUid' | 'consume' | 'destroy'>;

function stored(parts: AdapterParts, model: string): Kept {
  const { database, artifacts, clock, invalidGrant, authorizations } = parts;
  return {
    upsert: async (id, payload, expiresIn) => {
      const authorizationId = model === 'Grant' ? id : FAMILY.has(model) ? payload.grantId : undefined;
      const isSaved = await artifacts.save(database, {
        model,
        id,
        payload,
        authorizationId,
        now: clock.now(),
        expiresInSeconds: expiresIn ?? DEFAULT_SECONDS,
      });
      if (!isSaved) throw invalidGrant('the authorization has ended meanwhile');
    },
    find: async (id) => asPayload(await artifacts.find(database, model, id, clock.now()), clock),
    findByUid: async (uid) => asPayload(await artifacts.findByUid(database, model, uid, clock.now()), clock),
    consume: async (id) => {
      parts.checkTarget();
      const outcome = await artifacts.consume(database, model, id, clock.now(), REMEMBER_SECONDS);
      if (outcome === 'consumed') return;
      // Another request was quicker, with the same one: which of both is the thief nobody can tell.
      const authorizationId = outcome === 'gone' ? null : outcome.authorizationId;
      if (authorizationId !== null)
        await authorizations.end(
          authorizationId,
          model === 'AuthorizationCode' ? 'code_replayed' : 'refresh_token_reused',
        );
      throw invalidGrant('used by two requests at once');
    },
    destroy: (id) => artifacts.destroy(database, model, id),
  };
}

/** A spent one does not expire while it is remembered: it is to be found out as spent, not as old. */
function asPayload(found: StoredArtifact | undefined, clock: Clock): AdapterPayload | undefined {
  if (found === undefined) return undefined;
  const { payload, consumedAt } = found;
  if (consumedAt === null) return payload;
  const now = Math.floor(clock.now().getTime() / 1000);
  return { ...payload, consumed: Math.floor(consumedAt.getTime() / 1000), exp: now + REMEMBER_SECONDS };
}

async function endFamily({ authorizations, endReason }: AdapterParts, authorizationId: string): Promise<void> {
  await authorizations.end(authorizationId, endReason());
}

const refuse = (): Promise<never> => Promise.reject(new Error('oidc-provider wants to store what is never stored'));
const none = (): Promise<undefined> => Promise.resolve(undefined);

const NOTHING_KEPT: Adapter = {
  upsert: refuse,
  consume: refuse,
  destroy: none,
  revokeByGrantId: none,
  find: none,
  findByUid: none,
  findByUserCode: none,
};
