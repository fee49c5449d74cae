/** How many users one statement serves: between two of them a caller who has gone is noticed. */
const STEP = 2_000;

export function* inSteps<T>(items: readonly T[]): Generator<T[]> {
  for (let from = 0; from < items.length; from += STEP) yield items.slice(from, from + STEP);
}
