import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint } from 'jose';
import { Clock } from '../platform/clock/clock';
import { Keyring } from '../platform/crypto/keyring';
import { Database, type Queryable } from '../platform/database/database';

/** The only algorithm that we sign with and accept. */
export const SIGNING_ALGORITHM = 'ES256';

/** Any number: all processes of this program must use the same one. */
const FIRST_KEY_LOCK = 7_264_510_312;
/** Tokens with invented key ids must not make us ask the database each time. */
const READ_AGAIN_MS = 10_000;

/** An EC key of P-256 as JWK (RFC 7518 section 6.2). */
export interface PublicJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  kid: string;
  alg: typeof SIGNING_ALGORITHM;
  use: 'sig';
}
export type PrivateJwk = PublicJwk & { d: string };

interface KeyEntry {
  jwk: PrivateJwk;
  publicKey: KeyObject;
}

/** The keys that sign our access tokens: one set per deployment, private halves sealed with ENCRYPTION_KEYS. */
@Injectable()
export class SigningKeys {
  private entries: Map<string, KeyEntry> | undefined;
  private readAt = 0;
  private reading: Promise<Map<string, KeyEntry>> | undefined;

  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** Makes the first key when there is none; of several processes that start at once one makes it, the others read it. */
  async ensure(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock($1)', [FIRST_KEY_LOCK]);
      const { rowCount } = await transaction.query('select 1 from signing_keys where retired_at is null limit 1');
      if (rowCount === 0) await this.insert(transaction, await makeKey());
    });
    await this.readAll();
  }

  /** Newest first: the first one signs. */
  async privateJwks(): Promise<PrivateJwk[]> {
    const entries = this.entries ?? (await this.read());
    return [...entries.values()].map(({ jwk }) => jwk);
  }

  async publicJwks(): Promise<PublicJwk[]> {
    return (await this.privateJwks()).map(({ kty, crv, x, y, kid, alg, use }) => ({ kty, crv, x, y, kid, alg, use }));
  }

  /** A key that another process has just made is found too: an unknown id makes us read again, at most every 10 s. */
  async publicKey(kid: string): Promise<KeyObject | undefined> {
    const known = this.entries?.get(kid);
    if (known !== undefined) return known.publicKey;
    if (this.entries !== undefined && this.clock.now().getTime() - this.readAt < READ_AGAIN_MS) return undefined;
    return (await this.read()).get(kid)?.publicKey;
  }

  private read(): Promise<Map<string, KeyEntry>> {
    this.reading ??= this.readAll().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readAll(): Promise<Map<string, KeyEntry>> {
    this.readAt = this.clock.now().getTime();
    const { rows } = await this.database.query<{ kid: string; private_jwk: Buffer }>(
      'select kid, private_jwk from signing_keys where retired_at is null and algorithm = $1 order by created_at desc, kid',
      [SIGNING_ALGORITHM],
    );
    this.entries = new Map(rows.map((row) => [row.kid, this.open(row.kid, row.private_jwk)]));
    return this.entries;
  }

  private open(kid: string, sealed: Buffer): KeyEntry {
    const jwk = JSON.parse(this.keyring.open(sealed, sealContext(kid)).toString('utf8')) as PrivateJwk;
    const { kty, crv, x, y } = jwk;
    return { jwk, publicKey: createPublicKey({ key: { kty, crv, x, y } satisfies JsonWebKey, format: 'jwk' }) };
  }

  private async insert(via: Queryable, jwk: PrivateJwk): Promise<void> {
    await via.query('insert into signing_keys (kid, algorithm, private_jwk, created_at) values ($1, $2, $3, $4)', [
      jwk.kid,
      jwk.alg,
      this.keyring.seal(Buffer.from(JSON.stringify(jwk), 'utf8'), sealContext(jwk.kid)),
      this.clock.now(),
    ]);
  }
}

const sealContext = (kid: string): string => `signing_keys/${kid}`;

/** The key id is the thumbprint of the key (RFC 7638), so that it can never name two keys. */
async function makeKey(): Promise<PrivateJwk> {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  if (x === undefined || y === undefined || d === undefined) throw new Error('an EC key came without its coordinates');
  const kid = await calculateJwkThumbprint({ kty: 'EC', crv: 'P-256', x, y });
  return { kty: 'EC', crv: 'P-256', x, y, d, kid, alg: SIGNING_ALGORITHM, use: 'sig' };
}
