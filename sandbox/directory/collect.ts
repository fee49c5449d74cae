/** A stretch of positions, `to` excluded. */
export interface Range {
  from: number;
  to: number;
}

export interface Slice {
  positions: number[];
  /** Where the next page starts; undefined when nothing is left. */
  next: number | undefined;
}

/** One page: the first `size` wanted positions from `start` on. Looks one further, so that no page is promised in vain. */
export function collect(
  ranges: readonly Range[],
  start: number,
  size: number,
  wanted: (position: number) => boolean,
): Slice {
  const positions: number[] = [];
  for (const range of ranges) {
    for (let position = Math.max(range.from, start); position < range.to; position += 1) {
      if (!wanted(position)) continue;
      if (positions.length === size) return { positions, next: position };
      positions.push(position);
    }
  }
  return { positions, next: undefined };
}
