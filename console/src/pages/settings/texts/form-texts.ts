import type { Texts } from '../../../language/language';

interface FormTexts {
  save: string;
  discard: string;
  saved: string;
  nothingToSave: string;
  notSaved: string;
  seeFields: string;
  changed: (who: string, when: string) => string;
  neverChanged: string;
  allChanges: string;
  copy: string;
  copied: string;
  kept: string;
  once: string;
}

export const FORM_TEXTS: Texts<FormTexts> = {
  en: {
    save: 'Save',
    discard: 'Discard changes',
    saved: 'Saved.',
    nothingToSave: 'Nothing has changed.',
    notSaved: 'Nothing was saved',
    seeFields: 'Correct what is marked above and save again.',
    changed: (who, when) => `Last changed by ${who}, ${when}.`,
    neverChanged: 'Not changed so far.',
    allChanges: 'All changes',
    copy: 'Copy',
    copied: 'Copied',
    kept: 'I have kept it',
    once: 'It is shown this once. Keep it in a safe place now.',
  },
  de: {
    save: 'Speichern',
    discard: 'Änderungen verwerfen',
    saved: 'Gespeichert.',
    nothingToSave: 'Es hat sich nichts geändert.',
    notSaved: 'Es wurde nichts gespeichert',
    seeFields: 'Berichtigen Sie, was oben markiert ist, und speichern Sie noch einmal.',
    changed: (who, when) => `Zuletzt geändert von ${who}, ${when}.`,
    neverChanged: 'Bisher nicht geändert.',
    allChanges: 'Alle Änderungen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    kept: 'Ich habe es aufbewahrt',
    once: 'Es wird nur dieses eine Mal gezeigt. Bewahren Sie es jetzt sicher auf.',
  },
};
