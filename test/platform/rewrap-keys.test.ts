import { randomBytes, randomUUID } from 'node:crypto';
import { AttemptStore } from '../../src/oauth/attempt.store';
import { SystemClock } from '../../src/platform/clock/clock';
import type { EncryptionKey } from '../../src/platform/config/config';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { DecryptionError } from '../../src/platform/crypto/envelope';
import { Keyring } from '../../src/platform/crypto/keyring';
import { rewrapKeys } from '../../src/platform/crypto/rewrap-keys';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('rewrapping keys', () => {
  let place: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    place = await createTestDatabase();
    database = new Database(place.url, { max: 2 });
  });
  afterEach(async () => {
    await database.close();
    await place.drop();
  });

  it('lets the old key go, and with it what a backup holds of a disconnected connector', async () => {
    const old = { id: 'old', key: randomBytes(32) };
    const young = { id: 'new', key: randomBytes(32) };
    const [kept, gone] = [randomUUID(), randomUUID()];
    const before = new ConnectorCiphers(new Keyring([old]), database);
    for (const id of [kept, gone]) {
      await database.query('insert into connectors (connector_id) values ($1)', [id]);
      await before.create(id, database);
    }
    const secret = { column: 'grants.access_token' as const, row: 'row' };
    const sealed = (await before.for(kept)).seal('token', secret);
    const backup = await database.query<{ id: string; key: Buffer }>(
      'select connector_id as id, data_key as key from connector_keys',
    );
    await before.destroy(gone, database);

    const both = new Keyring([young, old]);
    expect(await rewrapKeys(database, both)).toBe(1);
    expect(await rewrapKeys(database, both)).toBe(0);
    // The old key is not configured any more.
    const after = new ConnectorCiphers(new Keyring([young]), database);
    expect((await after.for(kept)).open(sealed, secret)).toBe('token');
    const [row] = backup.rows.filter(({ id }) => id === gone);
    expect(() => new Keyring([young]).open(row?.key ?? Buffer.alloc(0), `${gone}/connector_keys.data_key`)).toThrow(
      DecryptionError,
    );
    // The backup is a real one: with the old key it opens.
    expect(new Keyring([old]).open(row?.key ?? Buffer.alloc(0), `${gone}/connector_keys.data_key`)).toHaveLength(32);
  });

  it('leaves nobody behind who is on the way through a provider', async () => {
    const old = { id: 'old', key: randomBytes(32) };
    const young = { id: 'new', key: randomBytes(32) };
    const attempts = (...keys: EncryptionKey[]): AttemptStore =>
      new AttemptStore(database, new Keyring(keys), new SystemClock());
    const secrets = { connectorId: undefined, codeVerifier: 'verifier', interaction: 'interaction', toConsole: true };
    const zoom = await attempts(old).begin({ ...secrets, provider: 'zoom', browser: 'b' });
    const plain = { ...secrets, codeVerifier: undefined, interaction: undefined };
    const cloudlink = await attempts(old).begin({ ...plain, provider: 'cloudlink', browser: 'b' });
    expect(await rewrapKeys(database, new Keyring([young, old]))).toBe(2);
    expect(await attempts(young).take('zoom', zoom, 'b')).toEqual(secrets);
    expect(await attempts(young).take('cloudlink', cloudlink, 'b')).toEqual(plain);
  });
});
