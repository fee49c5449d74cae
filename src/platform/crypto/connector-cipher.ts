import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Queryable } from '../database/database';
import { DecryptionError, open, seal } from './envelope';
import type { Keyring } from './keyring';

/** Which column of which row a secret belongs to; bound into the ciphertext. */
export interface SecretPlace {
  column:
    | 'grants.access_token'
    | 'grants.refresh_token'
    | 'grants.client_secret'
    | 'sip_credentials.md5_ha1'
    | 'sip_credentials.sha256_ha1'
    | 'alert_webhooks.secret';
  /** Primary key within the connector. */
  row: string;
}

const FINGERPRINT_BYTES = 16;

/** Seals and opens the secrets of one connector. Holds the plain data key: never log it, never serialise it. */
export class ConnectorCipher {
  private readonly fingerprintKey: Buffer;

  constructor(
    readonly connectorId: string,
    private readonly dataKey: Buffer,
  ) {
    this.fingerprintKey = Buffer.from(hkdfSync('sha256', dataKey, '', 'fingerprint', 32));
  }

  seal(plain: string, place: SecretPlace): Buffer {
    return seal('d1', this.dataKey, Buffer.from(plain, 'utf8'), this.context(place));
  }

  /** @throws DecryptionError */
  open(sealed: Buffer, place: SecretPlace): string {
    return open(this.dataKey, sealed, this.context(place)).toString('utf8');
  }

  /** A secret of this connector that needs no place to be kept in, and goes with the data key. 256 bits, base64url. */
  derive(purpose: string): string {
    return Buffer.from(hkdfSync('sha256', this.dataKey, '', `derived/${purpose}`, 32)).toString('base64url');
  }

  /** Keyed, because a bare hash over a HA1 would let a thief of the database test guessed passwords. 16 bytes. */
  fingerprint(content: string): Buffer {
    return Buffer.from(this.fingerprintText(content), 'hex');
  }

  /** The same in hexadecimal: a text costs a quarter less to make, and is compared by itself. */
  fingerprintText(content: string): string {
    return createHmac('sha256', this.fingerprintKey)
      .update(content)
      .digest('hex')
      .slice(0, 2 * FINGERPRINT_BYTES);
  }

  private context(place: SecretPlace): string {
    return `${this.connectorId}/${place.column}/${place.row}`;
  }
}

/** Hands out the cipher of a connector; the unwrapped data keys are kept in memory, at most CACHE_SIZE of them. */
export class ConnectorCiphers {
  private static readonly CACHE_SIZE = 10_000;
  /** A key that another process has destroyed must not live on here. */
  private static readonly CACHE_MS = 5 * 60_000;
  private readonly cache = new Map<string, { cipher: ConnectorCipher; until: number }>();

  constructor(
    private readonly keyring: Keyring,
    private readonly database: Queryable,
  ) {}

  /** Makes the data key of a new connector, inside the transaction that creates it. */
  async create(connectorId: string, transaction: Queryable): Promise<ConnectorCipher> {
    const dataKey = randomBytes(32);
    await transaction.query('insert into connector_keys (connector_id, data_key) values ($1, $2)', [
      connectorId,
      this.keyring.seal(dataKey, wrapContext(connectorId)),
    ]);
    // Not cached: the transaction may still roll back.
    return new ConnectorCipher(connectorId, dataKey);
  }

  /** @throws DecryptionError when the key was destroyed or ENCRYPTION_KEYS lacks the key that wraps it */
  async for(connectorId: string, via: Queryable = this.database): Promise<ConnectorCipher> {
    const known = this.cache.get(connectorId);
    if (known !== undefined && known.until > Date.now()) return known.cipher;
    const { rows } = await via.query<{ data_key: Buffer }>(
      'select data_key from connector_keys where connector_id = $1',
      [connectorId],
    );
    const [row] = rows;
    if (row === undefined) throw new DecryptionError('the data key of its connector does not exist');
    const cipher = new ConnectorCipher(connectorId, this.keyring.open(row.data_key, wrapContext(connectorId)));
    if (via === this.database) this.remember(connectorId, cipher);
    return cipher;
  }

  /** Crypto-shredding: nothing that was sealed for this connector can be opened any more. @returns whether there was a key */
  async destroy(connectorId: string, transaction: Queryable): Promise<boolean> {
    const { rowCount } = await transaction.query('delete from connector_keys where connector_id = $1', [connectorId]);
    return rowCount === 1;
  }

  forget(connectorId: string): void {
    this.cache.delete(connectorId);
  }

  private remember(connectorId: string, cipher: ConnectorCipher): void {
    if (this.cache.size >= ConnectorCiphers.CACHE_SIZE) {
      const [oldest] = this.cache.keys();
      if (oldest !== undefined) this.cache.delete(oldest);
    }
    this.cache.set(connectorId, { cipher, until: Date.now() + ConnectorCiphers.CACHE_MS });
  }
}

const wrapContext = (connectorId: string): string => `${connectorId}/connector_keys.data_key`;
