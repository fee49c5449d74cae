import { memo, type FocusEvent } from 'react';
import { useTexts } from '../../../language/language-context';
import { useLiveUser } from '../live/live-context';
import { USERS_TEXTS } from '../texts';
import type { User } from '../user';
import type { Layout } from './use-layout';
import classes from './user-grid.module.css';

interface UserRowProps {
  user: User;
  index: number;
  /** Pixels below the begin of the list. */
  top: number;
  layout: Layout;
  /** Where the keyboard is: the one row that Tab leads to. */
  isActive: boolean;
  onActive: (index: number) => void;
  onOpen: (user: User) => void;
  /** Only so that relative times are said anew. */
  minute: number;
}

/** One user. Plain elements: some thirty of these are drawn for each screen that is scrolled. */
export const UserRow = memo(function UserRow({ user, index, top, layout, isActive, onActive, onOpen }: UserRowProps) {
  const texts = useTexts(USERS_TEXTS);
  const shown = useLiveUser(user);
  const { isCards, columns, rowHeight } = layout;
  return (
    <div
      role="row"
      id={rowId(index)}
      // The heads of the columns are the first row.
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      className={isCards ? classes['card'] : classes['row']}
      data-fresh={shown.since === user.since ? undefined : shown.since}
      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
      onFocus={(event: FocusEvent) => {
        if (event.target === event.currentTarget) onActive(index);
      }}
      onClick={() => onOpen(user)}
    >
      {columns.map(({ id, cell }) => (
        // A status that has changed lights up: a new element begins its animation.
        <div
          key={id === 'status' ? `${id} ${shown.email} ${shown.since}` : id}
          role="gridcell"
          className={classes['cell']}
          data-column={id}
        >
          {isCards && (
            <span className={classes['label']}>{id === 'extension' ? texts.extensionShort : texts.columns[id]}</span>
          )}
          {cell(shown)}
        </div>
      ))}
    </div>
  );
});

export const rowId = (index: number): string => `user-${index}`;
