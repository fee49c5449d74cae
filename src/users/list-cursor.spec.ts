import fc from 'fast-check';
import { AppError } from '../platform/errors/app-error';
import { readCursor, writeCursor, type UserListing } from './list-cursor';
import { readUserFilter, type UserFilterFields } from './user-filter';
import { BY_EMAIL, type UserOrder, type UserSort } from './user-order';

const CONNECTOR = '5a1f4a9e-0f5e-4f4e-8a51-1c5c7f1f2b33';
const ALL: UserListing = { connectorId: CONNECTOR, filter: readUserFilter({}), order: BY_EMAIL };
const by = (order: Partial<UserOrder>): UserListing => ({ ...ALL, order: { ...BY_EMAIL, ...order } });
const filteredBy = (fields: UserFilterFields): UserListing => ({ ...ALL, filter: readUserFilter(fields) });
const fieldOf = (read: () => unknown): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.fields[0]?.field : String(error);
  }
};

describe('the cursor of the user list', () => {
  it.each<[UserSort, string | null]>([
    ['email', 'jörg@example.com'],
    ['displayName', 'Jörg "J." Müller'],
    ['displayName', null],
    ['extension', '0000000000002001'],
    ['status', '3'],
    ['since', '1764000000000001'],
    ['syncedAt', null],
  ])('comes back as the place that it was made of: %s %j', (sort, key) => {
    const place = { key, email: 'jörg@example.com' };
    expect(readCursor(by({ sort }), writeCursor(by({ sort }), place))).toEqual(place);
  });

  it.each<[UserSort, unknown]>([
    ['email', null],
    ['displayName', 'a\u0000b'],
    ['displayName', 5],
    ['displayName', 'x'.repeat(601)],
    ['status', '5'],
    ['status', ''],
    ['status', null],
    ['since', 'yesterday'],
    ['since', '-1'],
    ['since', '1'.repeat(17)],
    ['since', null],
    ['syncedAt', '2026-11-23T10:00:00Z'],
  ])('is refused with a key that is none of the order: %s %j', (sort, key) => {
    const [list] = JSON.parse(
      Buffer.from(writeCursor(by({ sort }), { key: null, email: 'a@b' }), 'base64url').toString(),
    ) as string[];
    const cursor = Buffer.from(JSON.stringify([list, key, 'a@b'])).toString('base64url');
    expect(fieldOf(() => readCursor(by({ sort }), cursor))).toBe('cursor');
  });

  it('is url-safe and short enough for its own limit', () => {
    const cursor = writeCursor(by({ sort: 'displayName' }), {
      key: '€'.repeat(512),
      email: `${'€'.repeat(241)}@example.com`,
    });
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(cursor.length).toBeLessThanOrEqual(4000);
  });

  it.each<[string, UserListing]>([
    ['connector', { ...ALL, connectorId: 'ffffffff-0f5e-4f4e-8a51-1c5c7f1f2b33' }],
    ['status', filteredBy({ status: 'pending' })],
    ['platform', filteredBy({ platform: 'mobile' })],
    ['missing', filteredBy({ missing: 'false' })],
    ['search', filteredBy({ q: 'a' })],
    ['PBX', filteredBy({ pbx: 'a' })],
    ['code', filteredBy({ code: 403 })],
    ['order', by({ sort: 'displayName' })],
    ['direction', by({ order: 'desc' })],
  ])('belongs to its %s', (_, other) => {
    const cursor = writeCursor(ALL, { key: 'a@example.com', email: 'a@example.com' });
    expect(fieldOf(() => readCursor(ALL, cursor))).toBeUndefined();
    expect(fieldOf(() => readCursor(other, cursor))).toBe('cursor');
  });

  it('answers anything else by naming the field', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.base64String()), (text) => {
        expect(fieldOf(() => readCursor(ALL, text))).toBe('cursor');
        expect(fieldOf(() => readCursor(ALL, Buffer.from(text).toString('base64url')))).toBe('cursor');
      }),
    );
  });
});
