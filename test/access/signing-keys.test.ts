import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SigningKeys } from '../../src/access/signing-keys';
import { SystemClock, type Clock } from '../../src/platform/clock/clock';
import { Keyring } from '../../src/platform/crypto/keyring';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const encryptionKey = randomBytes(32);
const keyring = new Keyring([{ id: 'a', key: encryptionKey }]);
let testDatabase: TestDatabase;
let database: Database;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url);
});

afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

/** What a process does at its start, as a program of its own. */
const PROGRAM = `
const dist = process.env.DIST;
const { SigningKeys } = require(dist + '/access/signing-keys.js');
const { SystemClock } = require(dist + '/platform/clock/clock.js');
const { Keyring } = require(dist + '/platform/crypto/keyring.js');
const { Database } = require(dist + '/platform/database/database.js');
const database = new Database(process.env.URL);
const keys = new SigningKeys(database, new Keyring([{ id: 'a', key: Buffer.from(process.env.KEY, 'base64') }]), new SystemClock());
keys.ensure().then(() => keys.publicJwks()).then((jwks) => { console.log(jwks.map((jwk) => jwk.kid).join()); return database.close(); });
`;

test('processes that start at once make one key and all use it', async () => {
  const env = {
    ...process.env,
    DIST: join(__dirname, '../../dist/src'),
    URL: testDatabase.url,
    KEY: encryptionKey.toString('base64'),
  };
  const runs = await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, ['-e', PROGRAM], { env })));
  const { rows } = await database.query<{ kid: string }>('select kid from signing_keys');
  expect(rows).toHaveLength(1);
  expect(runs.map((run) => run.stdout.trim())).toEqual([rows[0]?.kid, rows[0]?.kid, rows[0]?.kid]);
});

test('starts at once within one process make one key as well', async () => {
  await Promise.all(Array.from({ length: 8 }, () => new SigningKeys(database, keyring, new SystemClock()).ensure()));
  const { rowCount } = await database.query('select 1 from signing_keys');
  expect(rowCount).toBe(1);
});

test('the private key is sealed, and opens only in its own row', async () => {
  const keys = new SigningKeys(database, keyring, new SystemClock());
  await keys.ensure();
  const [jwk] = await keys.privateJwks();
  const { rows } = await database.query<{ private_jwk: Buffer }>('select private_jwk from signing_keys');
  expect(rows[0]?.private_jwk.toString('latin1')).not.toContain(jwk?.d);
  await database.query(`update signing_keys set kid = 'moved'`);
  await expect(new SigningKeys(database, keyring, new SystemClock()).publicJwks()).rejects.toThrow(
    'cannot be decrypted',
  );
});

test('a key that another process made later is found, at most one look every 10 s', async () => {
  let now = new Date('2026-11-24T10:00:00Z');
  const clock: Clock = { now: () => now };
  const keys = new SigningKeys(database, keyring, clock);
  await keys.ensure();
  const [first] = await keys.publicJwks();
  await database.query('update signing_keys set retired_at = $1', [now]);
  const other = new SigningKeys(database, keyring, new SystemClock());
  await other.ensure();
  const [second] = await other.publicJwks();

  expect(await keys.publicKey(second?.kid ?? '')).toBeUndefined();
  now = new Date('2026-11-24T10:00:10Z');
  expect(await keys.publicKey(second?.kid ?? '')).toBeDefined();
  expect(await keys.publicKey(first?.kid ?? '')).toBeUndefined();
});

describe('rotation', () => {
  let now: Date;
  const clock: Clock = { now: () => now };
  const wait = (seconds: number): void => void (now = new Date(now.getTime() + seconds * 1000));
  const kids = async (keys: SigningKeys): Promise<string[]> => (await keys.publicJwks()).map(({ kid }) => kid);
  let keys: SigningKeys;
  let old: string;

  beforeEach(async () => {
    now = new Date('2026-11-24T10:00:00Z');
    keys = new SigningKeys(database, keyring, clock);
    await keys.ensure();
    [old = ''] = await kids(keys);
  });

  test('another process publishes the new key within a minute, signs with it after ten, and verifies with the old one for an hour more', async () => {
    const { kid, signsFrom } = await new SigningKeys(database, keyring, clock).rotate(false);
    expect(signsFrom).toEqual(new Date('2026-11-24T10:10:00Z'));
    wait(59);
    expect(await kids(keys)).toEqual([old]);
    wait(1);
    expect(await kids(keys)).toEqual([old, kid]);
    wait(539);
    expect(await kids(keys)).toEqual([old, kid]);
    wait(1);
    expect(await kids(keys)).toEqual([kid, old]);
    wait(3600);
    expect(await keys.publicKey(old)).toBeDefined();
    expect(keys.trusts(old)).toBe(true);
    wait(120);
    expect(await keys.publicKey(old)).toBeUndefined();
    expect(keys.trusts(old)).toBe(false);
    expect(await kids(keys)).toEqual([kid]);
    await keys.ensure();
    expect(await kids(keys)).toEqual([kid]);
  });

  test('twice in a row leaves one key that signs at any time', async () => {
    const first = await keys.rotate(false);
    wait(60);
    const second = await keys.rotate(false);
    wait(60);
    expect(await kids(keys)).toEqual([old, second.kid, first.kid]);
    wait(500);
    expect((await kids(keys))[0]).toBe(first.kid);
    wait(60);
    expect((await kids(keys))[0]).toBe(second.kid);
  });

  test('at once: nothing of before counts any more, not even a key that waits', async () => {
    await keys.rotate(false);
    const { kid } = await keys.rotate(true);
    wait(60);
    expect(await kids(keys)).toEqual([kid]);
    expect(await keys.publicKey(old)).toBeUndefined();
    expect(keys.trusts(old)).toBe(false);
  });

  test('a retired key is forgotten', async () => {
    await keys.rotate(true);
    await keys.forgetRetired(new Date(now.getTime() + 1));
    expect((await database.query('select kid from signing_keys')).rows).toHaveLength(1);
  });
});
