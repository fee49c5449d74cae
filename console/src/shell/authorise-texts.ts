import type { Texts } from '../language/language';
import type { Provider } from '../session/provider';

interface AuthoriseTexts {
  waiting: (provider: string) => string;
  show: string;
  blocked: string;
  here: string;
  closed: string;
  timedOut: string;
  retry: string;
  providers: Record<Provider, string>;
}

export const AUTHORISE_TEXTS: Texts<AuthoriseTexts> = {
  en: {
    waiting: (provider) =>
      `A window for the sign-in at ${provider} is open. This page goes on by itself when you have finished there.`,
    show: 'Show the window',
    blocked: 'Your browser has blocked the window. Sign in within this tab instead; you come back here afterwards.',
    here: 'Sign in within this tab',
    closed:
      'The window seems to be closed, and nothing has arrived from there. If it is still open, finish there; if not, open it again.',
    timedOut: 'Nothing has arrived for 15 minutes. The sign-in is not valid any more; begin it again.',
    retry: 'Open the sign-in again',
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
  },
  de: {
    waiting: (provider) =>
      `Ein Fenster für die Anmeldung bei ${provider} ist offen. Diese Seite geht von selbst weiter, sobald Sie dort fertig sind.`,
    show: 'Fenster zeigen',
    blocked:
      'Ihr Browser hat das Fenster blockiert. Melden Sie sich stattdessen in diesem Tab an; danach kommen Sie hierher zurück.',
    here: 'In diesem Tab anmelden',
    closed:
      'Das Fenster ist offenbar geschlossen, und von dort ist nichts angekommen. Ist es noch offen, machen Sie dort weiter; sonst öffnen Sie es wieder.',
    timedOut: 'Seit 15 Minuten ist nichts angekommen. Die Anmeldung gilt nicht mehr; beginnen Sie sie von vorn.',
    retry: 'Anmeldung noch einmal öffnen',
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
  },
};
