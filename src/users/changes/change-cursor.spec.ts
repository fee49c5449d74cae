import { readChangeCursor, writeChangeCursor } from './change-cursor';

const PLACE = { from: 3, to: 2 ** 52, position: 40 };

describe('the cursor of the change feed', () => {
  const cursor = writeChangeCursor('key', PLACE);

  it('says where its reader stands', () => expect(readChangeCursor('key', cursor)).toEqual(PLACE));

  it('is good for one feed', () =>
    expect(() => readChangeCursor('other', cursor)).toThrow(
      expect.objectContaining({ code: 'invalid_request', fields: [expect.objectContaining({ field: 'cursor' })] }),
    ));

  it('cannot be changed, wherever', () => {
    for (let i = 0; i < cursor.length; i += 1) {
      const changed = `${cursor.slice(0, i)}${cursor[i] === 'A' ? 'B' : 'A'}${cursor.slice(i + 1)}`;
      expect(() => readChangeCursor('key', changed)).toThrow('cursor');
    }
  });

  it.each(['', 'nonsense', `${cursor}A`, `${cursor}=`, cursor.slice(1), 'A'.repeat(200)])('%j is none', (text) =>
    expect(() => readChangeCursor('key', text)).toThrow('cursor'),
  );
});
