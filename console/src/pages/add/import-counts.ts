import type { ImportResult } from './import-result';

/** What is counted of an import, in the order in which it is shown. */
const COUNTED = [
  'added',
  'pinned',
  'removed',
  'released',
  'alreadyThere',
  'notThere',
  'duplicates',
  'invalid',
] as const;
export type Counted = (typeof COUNTED)[number];

/** The two that everybody asks about, and of the others those that are there. */
export const countsOf = (result: ImportResult): { key: Counted; count: number }[] =>
  COUNTED.map((key) => ({ key, count: result[key] })).filter(
    ({ key, count }) => count > 0 || key === 'added' || key === 'invalid',
  );
