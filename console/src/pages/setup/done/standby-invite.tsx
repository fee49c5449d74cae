import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import type { Provider } from '../../../session/authorise-state';
import { useSession } from '../../../session/session-context';
import { SHELL_TEXTS } from '../../../shell/texts';
import { InviteLink } from '../connect/invite-link';
import { DONE_TEXTS } from './texts';

const SIDES: readonly Provider[] = ['zoom', 'cloudlink'];

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
        data={SIDES.map((value) => ({ value, label: providers[value] ?? value }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <InviteLink provider={provider} />
    </Stack>
  );
}
