import { Anchor, Card, List, Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../../language/language-context';
import { comeBackHere } from '../../session/come-back';
import { PROVIDERS, type Provider } from '../../session/provider';
import { startAt } from '../../session/start-at';
import { SIGN_IN_TEXTS } from './texts';

interface SandboxAdmin {
  provider: Provider;
  key: string;
  email: string;
  role: string;
}

/** Whom one can be without typing anything, where both providers are emulated. */
export function SandboxAdmins({ admins }: { admins: SandboxAdmin[] }) {
  const texts = useTexts(SIGN_IN_TEXTS);
  return (
    <Card withBorder component="section" aria-labelledby="sandbox">
      <Stack gap="xs">
        <Title order={2} size="h4" id="sandbox">
          {texts.sandbox}
        </Title>
        <Text size="sm">{texts.sandboxNote}</Text>
        {PROVIDERS.map((provider) => (
          <Stack key={provider} gap={4}>
            <Text size="sm" fw={600} id={`sandbox-${provider}`}>
              {texts.providers[provider]}
            </Text>
            <List size="sm" listStyleType="none" spacing={4} aria-labelledby={`sandbox-${provider}`}>
              {admins
                .filter((admin) => admin.provider === provider)
                .map(({ key, email, role }) => (
                  <List.Item key={key}>
                    <Anchor
                      size="sm"
                      href={startAt(provider, { as: key })}
                      onClick={comeBackHere}
                      style={{ overflowWrap: 'anywhere' }}
                    >
                      {texts.as(email, texts.roles[role] ?? role)}
                    </Anchor>
                  </List.Item>
                ))}
            </List>
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}
