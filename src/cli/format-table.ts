/** Columns as wide as their widest cell, two blanks between; a list without rows says so. */
export function formatTable(head: string[], rows: string[][], empty: string): string {
  if (rows.length === 0) return empty;
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
