import { useTexts } from '../../../language/language-context';
import type { SortKey, UserFilter } from '../filter';
import { USERS_TEXTS } from '../texts';
import type { Column } from './columns';
import classes from './user-grid.module.css';

interface ColumnHeadsProps {
  columns: readonly Column[];
  filter: UserFilter;
  onSort: (sort: SortKey) => void;
}

/** The heads of the columns; those that the list can be sorted by are buttons. */
export function ColumnHeads({ columns, filter: { sort: sorted, order }, onSort }: ColumnHeadsProps) {
  const texts = useTexts(USERS_TEXTS);
  return (
    <div role="row" aria-rowindex={1} className={classes['heads']}>
      {columns.map(({ id, sort }) => {
        const isSorted = sort !== undefined && sort === sorted;
        const direction = order === 'asc' ? 'ascending' : 'descending';
        return (
          <div
            key={id}
            role="columnheader"
            className={classes['cell']}
            aria-sort={sort === undefined ? undefined : isSorted ? direction : 'none'}
          >
            {sort === undefined ? (
              texts.columns[id]
            ) : (
              <button type="button" className={classes['sort']} onClick={() => onSort(sort)}>
                {texts.columns[id]}
                <span aria-hidden className={classes['arrow']}>
                  {isSorted ? (order === 'asc' ? '▲' : '▼') : ''}
                </span>
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
