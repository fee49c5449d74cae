import type { Texts } from '../../language/language';

interface ArrivedTexts {
  done: string;
  failed: string;
  close: string;
}

export const ARRIVED_TEXTS: Texts<ArrivedTexts> = {
  en: {
    done: 'Signed in',
    failed: 'That did not work',
    close: 'You can close this window; the other one goes on by itself.',
  },
  de: {
    done: 'Angemeldet',
    failed: 'Das hat nicht geklappt',
    close: 'Sie können dieses Fenster schließen; im anderen geht es von selbst weiter.',
  },
};
