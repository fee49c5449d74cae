import { Anchor, Stack, Title } from '@mantine/core';
import { useTexts } from '../language/language-context';
import { SHELL_TEXTS } from './texts';

export function NotFound() {
  const texts = useTexts(SHELL_TEXTS);
  return (
    <Stack>
      <Title order={1}>{texts.notFound}</Title>
      <Anchor href="#/">{texts.toOverview}</Anchor>
    </Stack>
  );
}
