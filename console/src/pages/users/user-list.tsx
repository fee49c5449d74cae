import { Text } from '@mantine/core';
import { useDeferredValue } from 'react';
import { useTexts } from '../../language/language-context';
import { ProblemAlert } from '../../shell/problem-alert';
import { Waiting } from '../../shell/waiting';
import { isFiltered, type SortKey, type UserFilter } from './filter';
import type { Layout } from './grid/use-layout';
import { UserGrid } from './grid/user-grid';
import { USERS_TEXTS } from './texts';
import type { UserListState } from './use-user-list';
import type { User } from './user';

interface UserListProps {
  list: UserListState;
  filter: UserFilter;
  layout: Layout;
  onSort: (sort: SortKey) => void;
  onOpen: (user: User) => void;
}

/** The users that were found, or why there are none. */
export function UserList({ list, filter, layout, onSort, onOpen }: UserListProps) {
  const texts = useTexts(USERS_TEXTS);
  const { users, total, error, isOld, isReadingOn, readOn, retry } = list;
  // A letter that is typed meanwhile is not kept waiting by the rows.
  const shown = useDeferredValue(users);
  if (users === undefined || shown === undefined)
    return error === null ? <Waiting /> : <ProblemAlert error={error} onRetry={retry} />;
  return (
    <>
      {shown.length === 0 ? (
        <Text py="xl" ta="center" role="status">
          {isFiltered(filter) ? texts.noneFound : texts.none}
        </Text>
      ) : (
        <UserGrid
          users={shown}
          total={total}
          filter={filter}
          layout={layout}
          isOld={isOld}
          onMore={readOn}
          onSort={onSort}
          onOpen={onOpen}
        />
      )}
      {isReadingOn && (
        <Text size="sm" ta="center" role="status">
          {texts.loadingMore}
        </Text>
      )}
      {error !== null && <ProblemAlert error={error} onRetry={retry} />}
    </>
  );
}
