import { Button, Group } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import { SettingsGroup } from '../form/group';
import { Stored } from '../form/stored';
import type { Settings } from '../settings-query';
import { END_TEXTS } from '../texts/end-texts';
import { DisconnectModal } from './disconnect-modal';

/** The end of the connector, far down and well fenced. */
export function DisconnectGroup({ settings }: { settings: UseQueryResult<Settings> }) {
  const { disconnect: texts } = useTexts(END_TEXTS);
  const [isOpen, setOpen] = useState(false);
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} isDangerous>
      <Stored query={settings}>
        {({ name }) => (
          <Group>
            <Button color="red" variant="outline" onClick={() => setOpen(true)}>
              {texts.begin}
            </Button>
            <DisconnectModal
              opened={isOpen}
              word={name.trim() === '' ? texts.word : name.trim()}
              onClose={() => setOpen(false)}
            />
          </Group>
        )}
      </Stored>
    </SettingsGroup>
  );
}
