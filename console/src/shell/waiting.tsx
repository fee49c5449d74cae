import { Center, Loader } from '@mantine/core';
import { useTexts } from '../language/language-context';
import { SHELL_TEXTS } from './texts';

export function Waiting() {
  const texts = useTexts(SHELL_TEXTS);
  return (
    <Center mih="40vh" role="status" aria-label={texts.loading}>
      <Loader />
    </Center>
  );
}
