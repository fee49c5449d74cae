import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import type { Provider } from '../../../session/authorise-state';
import { ProblemAlert } from '../../../shell/problem-alert';
import { CONNECT_TEXTS } from './texts';
import { useAuthoriseLink } from './use-authorise-link';

/** A link to send to a colleague, by which they authorise this connector at one provider. */
export function InviteLink({ provider }: { provider: Provider }) {
  const texts = useTexts(CONNECT_TEXTS);
  const { instant } = useFormats();
  const { data: link, error, refetch } = useAuthoriseLink(provider);
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap={4}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          style={{ flex: 1, minWidth: 0 }}
          label={texts.link}
          readOnly
          value={link?.url ?? ''}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={link?.url ?? ''}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} disabled={link === undefined}>
              <span aria-live="polite">{copied ? texts.copied : texts.copy}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
      {link !== undefined && <Text size="sm">{texts.until(instant(link.expiresAt))}</Text>}
    </Stack>
  );
}
