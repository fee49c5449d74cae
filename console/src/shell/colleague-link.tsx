import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useFormats } from '../language/formats';
import { useTexts } from '../language/language-context';
import type { Provider } from '../session/provider';
import { useAuthoriseLink } from '../session/use-authorise-link';
import { COLLEAGUE_TEXTS } from './colleague-texts';
import { ProblemAlert } from './problem-alert';

/**
 * A link to send to a colleague, by which they authorise this connector at one provider. It ends at the console as every sign-in
 * does: they are admins of the account, see there what has become of it, and if it failed, why.
 */
export function ColleagueLink({ provider }: { provider: Provider }) {
  const texts = useTexts(COLLEAGUE_TEXTS);
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
          // Where it stands in a dialog.
          data-autofocus
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
