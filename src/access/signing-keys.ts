import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint } from 'jose';
import { Clock } from '../platform/clock/clock';
import { Keyring } from '../platform/crypto/keyring';
import { Database, type Queryable } from '../platform/database/database';
import { ACCESS_TOKEN_SECONDS } from './access-token';

/** The only algorithm that we sign with and accept. */
export const SIGNING_ALGORITHM = 'ES256';

/** Any number: all processes of this program must use the same one. */
const FIRST_KEY_LOCK = 7_264_510_312;
/** Any process uses a new key, and drops a retired one, at most this much later. */
const KNOWN_FOR_MS = 60_000;
/** A new key is published so long before it signs: more than what KNOWN_FOR_MS and the cache of the key set add up to. */
const PUBLISH_SECONDS = 600;
/** A key verifies so long after the last token that it can have signed. */
const LINGER_SECONDS = ACCESS_TOKEN_SECONDS + 120;
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
  /** Milliseconds since the epoch. */
  signsFrom: number;
  retiredAt: number;
}

interface Row {
  kid: string;
  private_jwk: Buffer;
  signs_from: Date;
  retired_at: Date | null;
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
      if (rowCount === 0) await this.insert(transaction, await makeKey(), this.clock.now());
    });
    await this.readAll();
  }

  /**
   * Puts a new key in the place of the one that signs. Tokens of the old one go on being good until they expire.
   * @param atOnce the old one may be in wrong hands: its tokens are refused from now on
   * @returns the new key's id, and when it begins to sign
   */
  async rotate(atOnce: boolean): Promise<{ kid: string; signsFrom: Date }> {
    const jwk = await makeKey();
    const now = this.clock.now();
    const signsFrom = new Date(now.getTime() + (atOnce ? 0 : PUBLISH_SECONDS * 1000));
    const retiredAt = atOnce ? now : new Date(signsFrom.getTime() + LINGER_SECONDS * 1000);
    await this.database.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock($1)', [FIRST_KEY_LOCK]);
      await transaction.query(
        'update signing_keys set retired_at = $1 where retired_at is null or ($2 and retired_at > $1)',
        [retiredAt, atOnce],
      );
      await this.insert(transaction, jwk, signsFrom);
    });
    return { kid: jwk.kid, signsFrom };
  }

  /** The first one signs. */
  async privateJwks(): Promise<PrivateJwk[]> {
    const entries = [...(await this.known()).values()].filter((entry) => !this.isRetired(entry));
    const now = this.clock.now().getTime();
    const signer = entries.find(({ signsFrom }) => signsFrom <= now) ?? entries[0];
    return [...(signer === undefined ? [] : [signer]), ...entries.filter((entry) => entry !== signer)].map(
      ({ jwk }) => jwk,
    );
  }

  async publicJwks(): Promise<PublicJwk[]> {
    return (await this.privateJwks()).map(({ kty, crv, x, y, kid, alg, use }) => ({ kty, crv, x, y, kid, alg, use }));
  }

  /** A key that another process has just made is found too: an unknown id makes us read again, at most every 10 s. */
  async publicKey(kid: string): Promise<KeyObject | undefined> {
    let entry = (await this.known()).get(kid);
    if (entry === undefined && this.age() >= READ_AGAIN_MS) entry = (await this.read()).get(kid);
    return entry === undefined || this.isRetired(entry) ? undefined : entry.publicKey;
  }

  /** Whether a token that was verified with this key earlier still counts. Never waits: what it learns counts the next time. */
  trusts(kid: string): boolean {
    if (this.age() >= KNOWN_FOR_MS) this.read().catch(() => undefined);
    const entry = this.entries?.get(kid);
    return entry !== undefined && !this.isRetired(entry);
  }

  /** Those that verify nothing any more. */
  async forgetRetired(before: Date): Promise<void> {
    await this.database.query('delete from signing_keys where retired_at < $1', [before]);
  }

  private async known(): Promise<Map<string, KeyEntry>> {
    if (this.entries === undefined || this.age() >= KNOWN_FOR_MS) return this.read();
    return this.entries;
  }

  /** A clock that was set back says nothing of it: then it is time to look again. */
  private age(): number {
    const age = this.clock.now().getTime() - this.readAt;
    return age < 0 ? Infinity : age;
  }

  private isRetired({ retiredAt }: KeyEntry): boolean {
    return retiredAt <= this.clock.now().getTime();
  }

  private read(): Promise<Map<string, KeyEntry>> {
    this.reading ??= this.readAll().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readAll(): Promise<Map<string, KeyEntry>> {
    this.readAt = this.clock.now().getTime();
    const { rows } = await this.database.query<Row>(
      `select kid, private_jwk, signs_from, retired_at from signing_keys
       where (retired_at is null or retired_at > $2) and algorithm = $1 order by signs_from desc, created_at desc, kid`,
      [SIGNING_ALGORITHM, this.clock.now()],
    );
    this.entries = new Map(rows.map((row) => [row.kid, this.open(row)]));
    return this.entries;
  }

  private open(row: Row): KeyEntry {
    const plain = this.keyring.open(row.private_jwk, sealContext(row.kid)).toString('utf8');
    const jwk = JSON.parse(plain) as PrivateJwk;
    const { kty, crv, x, y } = jwk;
    return {
      jwk,
      publicKey: createPublicKey({ key: { kty, crv, x, y } satisfies JsonWebKey, format: 'jwk' }),
      signsFrom: row.signs_from.getTime(),
      retiredAt: row.retired_at?.getTime() ?? Infinity,
    };
  }

  private async insert(via: Queryable, jwk: PrivateJwk, signsFrom: Date): Promise<void> {
    await via.query(
      'insert into signing_keys (kid, algorithm, private_jwk, created_at, signs_from) values ($1, $2, $3, $4, $5)',
      [
        jwk.kid,
        jwk.alg,
        this.keyring.seal(Buffer.from(JSON.stringify(jwk), 'utf8'), sealContext(jwk.kid)),
        this.clock.now(),
        signsFrom,
      ],
    );
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
