import { Button } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import { useSession } from '../../../session/session-context';
import { startAt } from '../../../session/start-at';
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
        <Button component="a" href={startAt(admin.provider)}>
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
