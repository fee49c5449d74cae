/** The row that a key leads to from another; undefined: the key means nothing here. `page`: rows on a screen. */
export function nextRow(key: string, row: number, { rows, page }: { rows: number; page: number }): number | undefined {
  const last = rows - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(row + 1, last);
    case 'ArrowUp':
      return Math.max(row - 1, 0);
    case 'PageDown':
      return Math.min(row + page, last);
    case 'PageUp':
      return Math.max(row - page, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
