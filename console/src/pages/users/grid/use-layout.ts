import { useMediaQuery } from '@mantine/hooks';
import { COLUMNS, type Column } from './columns';

export interface Layout {
  /** A card per user, where a table would not fit. */
  isCards: boolean;
  columns: readonly Column[];
  /** Pixels. */
  rowHeight: number;
}

const AT_ONCE = { getInitialValueInEffect: false };
const LEAST_EM = 72;
const MIDDLE = COLUMNS.filter(({ from }) => from <= 80);
const NARROW = COLUMNS.filter(({ from }) => from <= LEAST_EM);

/** What the width of the window has room for. */
export function useLayout(): Layout {
  const isTable = useMediaQuery(`(min-width: ${LEAST_EM}em)`, true, AT_ONCE);
  const isMiddle = useMediaQuery('(min-width: 80em)', true, AT_ONCE);
  const isWide = useMediaQuery('(min-width: 90em)', true, AT_ONCE);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (!isTable) return { isCards: true, columns: COLUMNS, rowHeight: Math.round(11.5 * rem) };
  const columns = isWide ? COLUMNS : isMiddle ? MIDDLE : NARROW;
  return { isCards: false, columns, rowHeight: Math.round(3.25 * rem) };
}
