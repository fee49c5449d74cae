import fc from 'fast-check';
import { AppError } from '../platform/errors/app-error';
import { readCursor, writeCursor } from './list-cursor';
import type { UserFilter } from './user-filter';

const CONNECTOR = '5a1f4a9e-0f5e-4f4e-8a51-1c5c7f1f2b33';
const ALL: UserFilter = { status: undefined, platform: undefined, missing: undefined, q: undefined };
const fieldOf = (read: () => unknown): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.fields[0]?.field : String(error);
  }
};

describe('the cursor of the user list', () => {
  it('comes back as the email that it was made of', () => {
    const filter: UserFilter = { ...ALL, q: 'müller' };
    expect(readCursor(CONNECTOR, filter, writeCursor(CONNECTOR, filter, 'jörg@example.com'))).toBe('jörg@example.com');
  });

  it('is url-safe and short enough for its own limit', () => {
    const cursor = writeCursor(CONNECTOR, ALL, `${'€'.repeat(241)}@example.com`);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(cursor.length).toBeLessThanOrEqual(1500);
  });

  it.each<[string, string, UserFilter]>([
    ['connector', 'ffffffff-0f5e-4f4e-8a51-1c5c7f1f2b33', ALL],
    ['status', CONNECTOR, { ...ALL, status: 'pending' }],
    ['platform', CONNECTOR, { ...ALL, platform: 'mobile' }],
    ['search', CONNECTOR, { ...ALL, q: 'a' }],
  ])('belongs to its %s', (_, connectorId, filter) => {
    const cursor = writeCursor(CONNECTOR, ALL, 'a@example.com');
    expect(fieldOf(() => readCursor(connectorId, filter, cursor))).toBe('cursor');
  });

  it('answers anything else by naming the field', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.base64String()), (text) => {
        expect(fieldOf(() => readCursor(CONNECTOR, ALL, text))).toBe('cursor');
        expect(fieldOf(() => readCursor(CONNECTOR, ALL, Buffer.from(text).toString('base64url')))).toBe('cursor');
      }),
    );
  });
});
