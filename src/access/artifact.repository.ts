import { createHash } from 'node:crypto';
import type { AdapterPayload } from 'oidc-provider';
import type { Keyring } from '../platform/crypto/keyring';
import type { Queryable } from '../platform/database/database';

export interface StoredArtifact {
  payload: AdapterPayload;
  authorizationId: string | null;
  consumedAt: Date | null;
}

interface Row {
  id_hash: Buffer;
  payload: Buffer;
  authorization_id: string | null;
  consumed_at: Date | null;
}

const COLUMNS = 'id_hash, payload, authorization_id, consumed_at';

/** What an artifact's row is sealed to; rewrap-keys.ts knows it too. */
const contextOf = (idHash: Buffer): string => `oauth_artifacts.payload/${idHash.toString('hex')}`;

/**
 * What oidc-provider stores. The id of most is the very thing that opens a door (a code, a refresh token, a cookie), so
 * it is kept as a hash, and the contents, which name it again, are sealed.
 */
export class ArtifactRepository {
  constructor(private readonly keyring: Keyring) {}

  /** @returns false: the authorization that it belongs to is over, and nothing was stored */
  async save(
    via: Queryable,
    artifact: {
      model: string;
      id: string;
      payload: AdapterPayload;
      authorizationId: string | undefined;
      now: Date;
      expiresInSeconds: number;
    },
  ): Promise<boolean> {
    const { model, id, payload, authorizationId, now, expiresInSeconds } = artifact;
    const idHash = hash(model, id);
    const sealed = this.keyring.seal(Buffer.from(JSON.stringify(payload), 'utf8'), contextOf(idHash));
    // The lock on the authorization lets nobody end it between this look and the commit.
    const { rowCount } = await via.query(
      `insert into oauth_artifacts (id_hash, model, authorization_id, uid_hash, payload, created_at, expires_at)
       select $1, $2, $3, $4, $5, $6, $6::timestamptz + make_interval(secs => $7)
       where $3::uuid is null or exists
         (select from authorizations where authorization_id = $3 and ended_at is null for share)
       on conflict (id_hash) do update set payload = excluded.payload, expires_at = excluded.expires_at`,
      [
        idHash,
        model,
        authorizationId ?? null,
        payload.uid === undefined ? null : hash(`${model}.uid`, payload.uid),
        sealed,
        now,
        expiresInSeconds,
      ],
    );
    return rowCount === 1;
  }

  async find(via: Queryable, model: string, id: string, now: Date): Promise<StoredArtifact | undefined> {
    const { rows } = await via.query<Row>(
      `select ${COLUMNS} from oauth_artifacts where id_hash = $1 and expires_at > $2`,
      [hash(model, id), now],
    );
    return this.read(rows[0]);
  }

  async findByUid(via: Queryable, model: string, uid: string, now: Date): Promise<StoredArtifact | undefined> {
    const { rows } = await via.query<Row>(
      `select ${COLUMNS} from oauth_artifacts where uid_hash = $1 and expires_at > $2`,
      [hash(`${model}.uid`, uid), now],
    );
    return this.read(rows[0]);
  }

  /**
   * One statement, so that of all processes that do it at once exactly one succeeds. The spent one is remembered for a
   * while, because that somebody brings it again is what tells of a theft.
   * @returns the authorization when it was spent before; 'gone'; or 'consumed'
   */
  async consume(
    via: Queryable,
    model: string,
    id: string,
    now: Date,
    rememberSeconds: number,
  ): Promise<'consumed' | 'gone' | { authorizationId: string | null }> {
    const idHash = hash(model, id);
    const { rowCount } = await via.query(
      `update oauth_artifacts set consumed_at = $2, expires_at = $2::timestamptz + make_interval(secs => $3)
       where id_hash = $1 and consumed_at is null`,
      [idHash, now, rememberSeconds],
    );
    if (rowCount === 1) return 'consumed';
    const { rows } = await via.query<{ authorizationId: string | null }>(
      'select authorization_id as "authorizationId" from oauth_artifacts where id_hash = $1',
      [idHash],
    );
    return rows[0] ?? 'gone';
  }

  async destroy(via: Queryable, model: string, id: string): Promise<void> {
    await via.query('delete from oauth_artifacts where id_hash = $1', [hash(model, id)]);
  }

  /** @returns how many */
  async deleteExpired(via: Queryable, now: Date, limit: number): Promise<number> {
    const { rowCount } = await via.query(
      `delete from oauth_artifacts where id_hash in
         (select id_hash from oauth_artifacts where expires_at <= $1 order by expires_at limit $2 for update skip locked)`,
      [now, limit],
    );
    return rowCount ?? 0;
  }

  private read(row: Row | undefined): StoredArtifact | undefined {
    if (row === undefined) return undefined;
    const plain = this.keyring.open(row.payload, contextOf(row.id_hash)).toString('utf8');
    return {
      payload: JSON.parse(plain) as AdapterPayload,
      authorizationId: row.authorization_id,
      consumedAt: row.consumed_at,
    };
  }
}

/** The kind goes into the hash, so that a refresh token is never found as a code. */
const hash = (kind: string, id: string): Buffer => createHash('sha256').update(`${kind}/${id}`).digest();
