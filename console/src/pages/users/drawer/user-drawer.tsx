import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { DRAWER_TEXTS } from './texts';
import { UserDetails } from './user-details';
import classes from './user-drawer.module.css';
import { nameOf } from './user-detail';
import { userQuery } from './user-queries';

interface UserDrawerProps {
  /** Zoom's id or the email; undefined: closed. */
  user: string | undefined;
  onClose: () => void;
  /** The user has been taken out. */
  onGone: () => void;
}

/** One user beside the list. */
export function UserDrawer({ user, onClose, onGone }: UserDrawerProps) {
  const texts = useTexts(DRAWER_TEXTS);
  // While it slides away it still shows whom it showed.
  const [last, setLast] = useState(user);
  if (user !== undefined && user !== last) setLast(user);
  const { data } = useQuery({ ...userQuery(useConnectorPath(), last ?? ''), enabled: last !== undefined });
  return (
    <Drawer
      opened={user !== undefined}
      onClose={onClose}
      position="right"
      size="min(42rem, 100%)"
      title={data === undefined ? texts.title : nameOf(data)}
      classNames={{ title: classes['title'] ?? '' }}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {last !== undefined && <UserDetails key={last} user={last} onGone={onGone} />}
    </Drawer>
  );
}
