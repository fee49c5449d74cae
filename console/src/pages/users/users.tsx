import { Button, Group, Stack, Text } from '@mantine/core';
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import { Page } from '../../shell/page';
import { SHELL_TEXTS } from '../../shell/texts';
import { UserDrawer } from './drawer/user-drawer';
import { Actions } from './actions';
import { FilterBar } from './filter-bar';
import { writeFilter, type SortKey } from './filter';
import { useLayout } from './grid/use-layout';
import { FreshRows } from './live/fresh-rows';
import { LiveProvider } from './live/live-context';
import { LiveSign } from './live-sign';
import { LiveUsers } from './live/live-users';
import { useStatusStream } from './live/use-status-stream';
import { SortSelect } from './sort-select';
import { USERS_TEXTS } from './texts';
import { useNewcomers } from './use-newcomers';
import { useUserList } from './use-user-list';
import { useUserPlace } from './use-user-place';
import type { User } from './user';
import { UserList } from './user-list';

/** All integrated users, as they are now. */
export default function Users() {
  const texts = useTexts(USERS_TEXTS);
  const { pages } = useTexts(SHELL_TEXTS);
  const { number } = useFormats();
  const { connectorId } = useSession();
  const { filter: wanted, user, change, open, close } = useUserPlace();
  // Drawn in small steps: the next letter, or a scroll, does not wait until all that depends on it is drawn.
  const filter = useDeferredValue(wanted);
  const [live] = useState(() => new LiveUsers((tell) => requestAnimationFrame(tell)));
  const [freshRows] = useState(() => new FreshRows(live, connectorId));
  useEffect(() => freshRows.start(), [freshRows]);
  const list = useUserList(filter, live);
  const { users, total, reading, readAgain } = list;
  const state = useStatusStream(live, {
    // The list may have been read a moment before.
    onLive: () => freshRows.read((users ?? []).map(({ email }) => email)),
    onReset: readAgain,
  });
  const newcomers = useNewcomers(live, filter, reading);
  const layout = useLayout();

  const selected = writeFilter(filter);
  useEffect(() => {
    if (window.scrollY > 0) window.scrollTo({ top: 0 });
  }, [selected]);

  const onSort = useCallback(
    (sort: SortKey) => change({ sort, order: filter.sort === sort && filter.order === 'asc' ? 'desc' : 'asc' }),
    [change, filter],
  );
  const onOpen = useCallback(({ userId, email }: User) => open(userId ?? email), [open]);

  return (
    <LiveProvider value={live}>
      <Page title={pages.users} actions={<Actions filter={filter} />}>
        <Stack gap="sm">
          <FilterBar filter={filter} onChange={change} />
          {layout.isCards && <SortSelect filter={filter} onChange={change} />}
          <Group justify="space-between" mih="2rem">
            <Group gap="sm">
              <Text fw={600} role="status">
                {total === undefined ? '' : texts.count(number(total), total === 1)}
              </Text>
              {newcomers > 0 && (
                <Button size="compact-sm" variant="light" onClick={readAgain}>
                  {`${texts.more(number(newcomers), newcomers === 1)}: ${texts.readAgain}`}
                </Button>
              )}
            </Group>
            <LiveSign state={state} />
          </Group>
          <UserList list={list} filter={filter} layout={layout} onSort={onSort} onOpen={onOpen} />
        </Stack>
      </Page>
      <UserDrawer
        user={user}
        onClose={close}
        onGone={() => {
          close();
          readAgain();
        }}
      />
    </LiveProvider>
  );
}
