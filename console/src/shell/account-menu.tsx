import { Avatar, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import { PROBLEM_TEXTS } from '../api/problem-texts';
import { sayProblem } from '../api/say-problem';
import { useTexts } from '../language/language-context';
import { useSession } from '../session/session-context';
import { forgetSession } from '../session/session';
import { SHELL_TEXTS } from './texts';

/** Who is signed in, and the ways out. */
export function AccountMenu() {
  const texts = useTexts(SHELL_TEXTS);
  const words = useTexts(PROBLEM_TEXTS);
  const { admin } = useSession();
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: (where: 'here' | 'everywhere') =>
      answer(where === 'here' ? api.DELETE('/v1/session') : api.DELETE('/v1/sessions')),
    onSuccess: () => forgetSession(queries),
    onError: (error) =>
      notifications.show({ color: 'red', title: texts.stillSignedIn, message: sayProblem(error, words) }),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>{texts.account(admin.email)}</VisuallyHidden>
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
