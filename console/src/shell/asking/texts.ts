import type { Texts } from '../../language/language';

interface AskingTexts {
  cancel: string;
  close: string;
  leaveTitle: string;
  leaveText: (what: readonly string[]) => string;
  leave: string;
  stay: string;
}

export const ASKING_TEXTS: Texts<AskingTexts> = {
  en: {
    cancel: 'Cancel',
    close: 'Close',
    leaveTitle: 'Leave without saving?',
    leaveText: (what) => `These changes are not saved yet: ${what.join(', ')}.`,
    leave: 'Leave without saving',
    stay: 'Stay here',
  },
  de: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    leaveTitle: 'Ohne Speichern verlassen?',
    leaveText: (what) => `Diese Änderungen sind noch nicht gespeichert: ${what.join(', ')}.`,
    leave: 'Ohne Speichern verlassen',
    stay: 'Hier bleiben',
  },
};
