import type { Texts } from '../../language/language';
import type { StepName, StepState } from './describe-steps';
import type { SetupStep } from './setup-step';

interface SetupTexts {
  steps: string;
  connectStep: (provider: string) => string;
  connectTitle: (provider: string, isFirstTime: boolean) => string;
  stepNames: Record<StepName, string>;
  stepStates: Record<StepState, string>;
  titles: Record<SetupStep, string>;
}

export const SETUP_TEXTS: Texts<SetupTexts> = {
  en: {
    steps: 'Steps of the set-up',
    connectStep: (provider) => `Connect ${provider}`,
    connectTitle: (provider, isFirstTime) => (isFirstTime ? `Connect ${provider}` : `Authorise ${provider} again`),
    stepNames: {
      create: 'Create Connector',
      connect: 'Connect',
      roles: 'Roles',
      check: 'Pre-flight',
      sync: 'First sync',
      done: 'Done',
    },
    stepStates: { done: 'done', now: 'now', attention: 'needs attention', later: 'later' },
    titles: {
      connect: 'Both sides are connected',
      check: 'Pre-flight: is everything prepared?',
      sync: 'First sync',
      done: 'The connector is set up',
    },
  },
  de: {
    steps: 'Schritte der Einrichtung',
    connectStep: (provider) => `${provider} verbinden`,
    connectTitle: (provider, isFirstTime) =>
      isFirstTime ? `${provider} verbinden` : `${provider} wieder autorisieren`,
    stepNames: {
      create: 'Connector anlegen',
      connect: 'Verbinden',
      roles: 'Rollen',
      check: 'Vorabprüfung',
      sync: 'Erster Abgleich',
      done: 'Fertig',
    },
    stepStates: { done: 'erledigt', now: 'jetzt', attention: 'braucht Ihre Aufmerksamkeit', later: 'später' },
    titles: {
      connect: 'Beide Seiten sind verbunden',
      check: 'Vorabprüfung: Ist alles vorbereitet?',
      sync: 'Erster Abgleich',
      done: 'Der Connector ist eingerichtet',
    },
  },
};
