import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
} from 'react';
import { useTexts } from '../../../language/language-context';
import { SHELL_TEXTS } from '../../../shell/texts';
import type { SortKey, UserFilter } from '../filter';
import { USERS_TEXTS } from '../texts';
import type { User } from '../user';
import { ColumnHeads } from './column-heads';
import { nextRow } from './next-row';
import type { Layout } from './use-layout';
import { useMinute } from './use-minute';
import { useTop } from './use-top';
import classes from './user-grid.module.css';
import { rowId, UserRow } from './user-row';

/** So many rows before the last that is there, the next page is asked for. */
const AHEAD = 80;

interface UserGridProps {
  users: readonly User[];
  /** How many there are in all; undefined: not known yet. */
  total: number | undefined;
  filter: UserFilter;
  layout: Layout;
  /** What is shown is not yet what was asked for. */
  isOld: boolean;
  onMore: () => void;
  onSort: (sort: SortKey) => void;
  onOpen: (user: User) => void;
}

/** The list of users. Only the rows in sight are in the page; the window scrolls. */
export const UserGrid = memo(function UserGrid({
  users,
  total,
  filter,
  layout,
  isOld,
  onMore,
  onSort,
  onOpen,
}: UserGridProps) {
  const texts = useTexts(USERS_TEXTS);
  const shell = useTexts(SHELL_TEXTS);
  const minute = useMinute();
  const body = useRef<HTMLDivElement>(null);
  const top = useTop(body);
  const rows = users.length;
  const { rowHeight, columns, isCards } = layout;
  const [wanted, setWanted] = useState(0);
  const active = Math.min(wanted, rows - 1);
  const isMoving = useRef(false);

  const virtualizer = useWindowVirtualizer({
    count: rows,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: top,
    scrollPaddingStart: STICKY_PX,
    scrollPaddingEnd: 8,
    // The row that the keyboard is on stays, however far somebody scrolls with the mouse.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return active < 0 || shown.includes(active) ? shown : [...shown, active].sort((a, b) => a - b);
    },
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowHeight]);

  const lastShown = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (rows > 0 && lastShown >= rows - AHEAD) onMore();
  }, [rows, lastShown, onMore]);

  useLayoutEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    document.getElementById(rowId(active))?.focus({ preventScroll: true });
  }, [active]);

  const onActive = useCallback((index: number) => setWanted(index), []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const isOnRow = event.target instanceof HTMLElement && event.target.id === rowId(active);
    if (!isOnRow || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((window.innerHeight - STICKY_PX) / rowHeight) - 1);
    const next = nextRow(event.key, active, { rows, page });
    const user = users[active];
    if (event.key === 'Enter' && user !== undefined) onOpen(user);
    else if (next === undefined) return;
    else if (next !== active) {
      isMoving.current = true;
      setWanted(next);
      virtualizer.scrollToIndex(next, { align: 'auto' });
    }
    event.preventDefault();
  };

  return (
    <div
      role="grid"
      aria-label={shell.pages.users}
      aria-describedby="users-keys"
      aria-rowcount={total === undefined ? -1 : total + 1}
      aria-colcount={columns.length}
      aria-busy={isOld}
      className={classes['grid']}
      style={{ '--columns': columns.map(({ width }) => width).join(' ') } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      {!isCards && (
        <div role="rowgroup" className={classes['head']}>
          <ColumnHeads columns={columns} filter={filter} onSort={onSort} />
        </div>
      )}
      <div
        ref={body}
        role="rowgroup"
        className={classes['body']}
        data-old={isOld}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const user = users[index];
          return (
            user !== undefined && (
              <UserRow
                // By place: another user's words go into the same elements, which is far cheaper than new ones.
                key={index}
                user={user}
                index={index}
                top={start - top}
                layout={layout}
                isActive={index === active}
                onActive={onActive}
                onOpen={onOpen}
                minute={minute}
              />
            )
          );
        })}
      </div>
      <p id="users-keys" hidden>
        {texts.keys}
      </p>
    </div>
  );
});

/** The bar of the console and the heads of the columns cover so much of the window. */
const STICKY_PX = 56 + 40;
