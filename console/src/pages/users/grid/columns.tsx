import type { ReactNode } from 'react';
import classes from './cells.module.css';
import { DeviceCell } from './device-cell';
import type { SortKey } from '../filter';
import { MissingMark } from './missing-mark';
import { StatusCell } from './status-cell';
import { When } from './when';
import type { Platform, User } from '../user';

type ColumnId = SortKey | Platform;

export interface Column {
  id: ColumnId;
  /** undefined: the list cannot be sorted by it. */
  sort: SortKey | undefined;
  /** Of the grid: at least, and how it grows. */
  width: string;
  /** How wide a window must be for it, in em. */
  from: number;
  cell: (user: User) => ReactNode;
}

export const COLUMNS: readonly Column[] = [
  {
    id: 'displayName',
    sort: 'displayName',
    width: 'minmax(7rem, 1.3fr)',
    from: 0,
    cell: ({ displayName, email }) => (
      <span className={classes['name']}>{displayName === '' ? email : displayName}</span>
    ),
  },
  {
    id: 'email',
    sort: 'email',
    width: 'minmax(9rem, 1.8fr)',
    from: 0,
    cell: ({ email, missingSince }) => (
      <>
        <span className={classes['line']} title={email}>
          {email}
        </span>
        {missingSince !== null && <MissingMark />}
      </>
    ),
  },
  {
    id: 'extension',
    sort: 'extension',
    width: 'minmax(9rem, 0.7fr)',
    from: 0,
    cell: ({ extension, callerId }) => (
      <>
        <span className={classes['line']}>{extension ?? '–'}</span>
        {callerId !== null && (
          <span className={classes['second']} title={callerId}>
            {callerId}
          </span>
        )}
      </>
    ),
  },
  {
    id: 'pbx',
    sort: 'pbx',
    width: 'minmax(5.5rem, 0.6fr)',
    from: 80,
    cell: ({ pbx }) =>
      pbx === null ? (
        <span className={classes['line']}>–</span>
      ) : (
        <>
          <span className={classes['line']}>{pbx.type}</span>
          <span className={classes['second']} title={pbx.site}>
            {pbx.site}
          </span>
        </>
      ),
  },
  {
    id: 'desktop',
    sort: undefined,
    width: '4.5rem',
    from: 0,
    cell: ({ devices }) => <DeviceCell device={devices.desktop} />,
  },
  {
    id: 'mobile',
    sort: undefined,
    width: '4.5rem',
    from: 0,
    cell: ({ devices }) => <DeviceCell device={devices.mobile} />,
  },
  { id: 'status', sort: 'status', width: 'minmax(9rem, 1.5fr)', from: 0, cell: (user) => <StatusCell user={user} /> },
  { id: 'since', sort: 'since', width: 'minmax(7.5rem, 0.6fr)', from: 0, cell: ({ since }) => <When at={since} /> },
  {
    id: 'syncedAt',
    sort: 'syncedAt',
    width: 'minmax(7.5rem, 0.6fr)',
    from: 90,
    cell: ({ syncedAt }) => <When at={syncedAt} />,
  },
];
