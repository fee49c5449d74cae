import { Avatar, Menu, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { caller } from '../api/client';
import { plainCall } from '../api/plain-call';
import { useTexts } from '../language/language-context';
import { useSession } from '../session/session-context';
import { sessionQuery } from '../session/session';
import { SHELL_TEXTS } from './texts';

/** Who is signed in, and the ways out. */
export function AccountMenu() {
  const texts = useTexts(SHELL_TEXTS);
  const { admin } = useSession();
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: (where: 'here' | 'everywhere') =>
      plainCall('DELETE', where === 'here' ? '/v1/session' : '/v1/sessions'),
    onSettled: async () => {
      caller.csrfToken = '';
      await queries.cancelQueries();
      // What was seen in this session is not for the next one.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      await queries.refetchQueries(sessionQuery);
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton aria-label={texts.account(admin.email)}>
          <Avatar name={admin.email} color="blue" variant="filled" size="sm" aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.account(admin.email)}</Menu.Label>
        <Menu.Item onClick={() => leave.mutate('here')}>{texts.signOut}</Menu.Item>
        <Menu.Item onClick={() => leave.mutate('everywhere')}>{texts.signOutEverywhere}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
