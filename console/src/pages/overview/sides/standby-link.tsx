import { Modal, Stack, Text } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import type { Provider } from '../../../session/provider';
import { ColleagueLink } from '../../../shell/colleague-link';
import { OVERVIEW_TEXTS } from '../texts';
import { SIDE_TEXTS } from './side-texts';

interface StandbyLinkProps {
  provider: Provider;
  opened: boolean;
  onClose: () => void;
}

/** Has the link by which a colleague becomes the reserve, to be sent to them. */
export function StandbyLink({ provider, opened, onClose }: StandbyLinkProps) {
  const texts = useTexts(SIDE_TEXTS);
  const { providers } = useTexts(OVERVIEW_TEXTS);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.standbyTitle(providers[provider])}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <Stack>
        <Text size="sm">{texts.standbyWhat(providers[provider])}</Text>
        <ColleagueLink provider={provider} />
      </Stack>
    </Modal>
  );
}
