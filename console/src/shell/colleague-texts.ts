import type { Texts } from '../language/language';

interface ColleagueTexts {
  link: string;
  copy: string;
  copied: string;
  until: (when: string) => string;
}

export const COLLEAGUE_TEXTS: Texts<ColleagueTexts> = {
  en: {
    link: 'Link to send',
    copy: 'Copy',
    copied: 'Copied',
    until: (when) => `Valid until ${when}. It lets nobody in who is not an admin of the account.`,
  },
  de: {
    link: 'Link zum Weitergeben',
    copy: 'Kopieren',
    copied: 'Kopiert',
    until: (when) => `Gilt bis ${when}. Er lässt niemanden hinein, der nicht Administrator des Kontos ist.`,
  },
};
