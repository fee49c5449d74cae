import { Alert, Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../../api/client';
import { useTexts } from '../../language/language-context';
import { comeBackHere } from '../../session/come-back';
import { PROVIDERS } from '../../session/provider';
import { sessionEnd } from '../../session/session-end';
import { startAt } from '../../session/start-at';
import { ArrivalNotice } from '../../shell/arrival-notice';
import { ViewMenu } from '../../shell/view-menu';
import { SandboxAdmins } from './sandbox-admins';
import { SIGN_IN_TEXTS } from './texts';

/** The one door: whoever is admin of an account that is linked goes in, and everybody else begins the set-up. */
export function SignIn() {
  const texts = useTexts(SIGN_IN_TEXTS);
  const { data } = useQuery({
    queryKey: ['sign-in'],
    queryFn: () => answer(api.GET('/v1/sign-in')),
  });
  const end = sessionEnd.useTold();
  useEffect(() => {
    document.title = texts.title;
  }, [texts]);
  const admins = data?.sandbox?.admins ?? [];
  return (
    <Container size="xs" py={{ base: 'lg', sm: '10vh' }} component="main">
      <Stack gap="lg">
        <Group justify="flex-end">
          <ViewMenu />
        </Group>
        <Stack gap="xs">
          <Title order={1}>{texts.title}</Title>
          <Text>{texts.purpose}</Text>
        </Stack>
        {end !== undefined && (
          <Alert color="yellow" role="status">
            <Text fw={600}>{texts.over}</Text>
            {texts.ends[end]}
          </Alert>
        )}
        <ArrivalNotice />
        <Stack gap="sm">
          {PROVIDERS.map((provider) => (
            <Button
              key={provider}
              component="a"
              href={startAt(provider)}
              onClick={comeBackHere}
              size="md"
              fullWidth
              variant={provider === 'zoom' ? 'filled' : 'default'}
            >
              {texts[provider]}
            </Button>
          ))}
        </Stack>
        <Stack gap={4}>
          <Text size="sm">{texts.who}</Text>
          <Text size="sm">{texts.what}</Text>
          <Text size="sm">{texts.first}</Text>
        </Stack>
        {admins.length > 0 && <SandboxAdmins admins={admins} />}
      </Stack>
    </Container>
  );
}
