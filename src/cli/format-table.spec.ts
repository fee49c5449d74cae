import { formatTable } from './format-table';

describe('formatTable', () => {
  test('aligns columns and leaves no trailing blanks', () => {
    expect(
      formatTable(
        ['ID', 'NAME'],
        [
          ['1', 'a'],
          ['1000', ''],
        ],
        'none',
      ),
    ).toBe('ID    NAME\n1     a\n1000');
  });

  test('says that there is nothing', () => {
    expect(formatTable(['ID'], [], 'There are none.')).toBe('There are none.');
  });
});
