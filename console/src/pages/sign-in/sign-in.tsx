import { Anchor, Button, Card, Container, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { BASE } from '../../api/client';
import { plainCall } from '../../api/plain-call';
import { useTexts } from '../../language/language-context';
import { ViewMenu } from '../../shell/view-menu';
import { SIGN_IN_TEXTS } from './texts';

type Provider = 'zoom' | 'cloudlink';
const PROVIDERS: readonly Provider[] = ['zoom', 'cloudlink'];

interface Doors {
  sandbox: { admins: { provider: Provider; key: string; email: string; role: string }[] } | null;
}

const startAt = (provider: Provider, query: Record<string, string> = {}): string =>
  `${BASE}/oauth/${provider}/start?${new URLSearchParams({ to: 'console', ...query }).toString()}`;

/** The one door: whoever is admin of an account that is linked goes in, and everybody else begins the set-up. */
export function SignIn() {
  const texts = useTexts(SIGN_IN_TEXTS);
  const { data } = useQuery({
    queryKey: ['sign-in'],
    queryFn: async () => (await plainCall('GET', '/v1/sign-in')) as Doors,
  });
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
        <Stack gap="sm">
          {PROVIDERS.map((provider) => (
            <Button
              key={provider}
              component="a"
              href={startAt(provider)}
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
        {admins.length > 0 && (
          <Card withBorder component="section" aria-labelledby="sandbox">
            <Stack gap="xs">
              <Title order={2} size="h4" id="sandbox">
                {texts.sandbox}
              </Title>
              <Text size="sm">{texts.sandboxNote}</Text>
              {PROVIDERS.map((provider) => (
                <Stack key={provider} gap={4}>
                  <Text size="sm" fw={600}>
                    {texts.providers[provider]}
                  </Text>
                  {admins
                    .filter((admin) => admin.provider === provider)
                    .map(({ key, email, role }) => (
                      <Anchor key={key} size="sm" href={startAt(provider, { as: key })}>
                        {texts.as(email, role)}
                      </Anchor>
                    ))}
                </Stack>
              ))}
            </Stack>
          </Card>
        )}
      </Stack>
    </Container>
  );
}
