import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import { PROVIDERS, type Provider } from '../../../session/provider';
import { useSession } from '../../../session/session-context';
import { ColleagueLink } from '../../../shell/colleague-link';
import { SHELL_TEXTS } from '../../../shell/texts';
import { DONE_TEXTS } from './texts';

/** A link for a second admin, of the one side or the other. */
export function StandbyInvite() {
  const { standby } = useTexts(DONE_TEXTS);
  const { providers } = useTexts(SHELL_TEXTS);
  const { admin } = useSession();
  const [provider, choose] = useState<Provider>(admin.provider);
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={standby}
        value={provider}
        onChange={(value) => choose(value === 'zoom' ? 'zoom' : 'cloudlink')}
        data={PROVIDERS.map((value) => ({ value, label: providers[value] }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <ColleagueLink provider={provider} />
    </Stack>
  );
}
