import { Button } from '@mantine/core';
import { BASE } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useSession } from '../../../session/session-context';
import { goToSection } from '../section';
import { STATE_TEXTS } from './state-texts';
import type { Told } from './tell-state';

/** The one next step, where it is not to authorise again. */
export function StateAction({ told }: { told: Told }) {
  const texts = useTexts(STATE_TEXTS);
  const { admin } = useSession();
  switch (told.kind) {
    case 'disconnected':
      return (
        <Button component="a" href={`${BASE}/oauth/${admin.provider}/start?to=console`}>
          {texts.connectAgain}
        </Button>
      );
    case 'pending':
      return (
        <Button component="a" href="#/setup">
          {texts.setUp}
        </Button>
      );
    case 'approval':
    case 'sync_failed':
      return (
        <Button onClick={() => goToSection('syncs')}>
          {told.kind === 'approval' ? texts.toRemoval : texts.toSyncs}
        </Button>
      );
    case 'faults':
      return <Button onClick={() => goToSection('diagnosis')}>{texts.toDiagnosis}</Button>;
    case 'reauthorise':
    case 'at_risk':
    case 'first_sync':
    case 'well':
      return null;
  }
}
