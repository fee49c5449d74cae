import type { Texts } from '../../../language/language';
import type { DiagnosisItem } from '../types';

interface DiagnosisTexts {
  title: string;
  nothing: string;
  severities: Record<DiagnosisItem['severity'], string>;
  hit: (users: string) => string;
  failing: (users: string) => string;
  since: (when: string) => string;
  nextStep: string;
  first: string;
  allPending: string;
  allWithCode: (code: number) => string;
}

export const DIAGNOSIS_TEXTS: Texts<DiagnosisTexts> = {
  en: {
    title: 'Diagnosis',
    nothing: 'Nothing is wrong as far as can be seen.',
    severities: { error: 'Fault', warning: 'Warning', info: 'To know' },
    hit: (users) => `${users} hit`,
    failing: (users) => `${users} cannot make calls`,
    since: (when) => `since ${when}`,
    nextStep: 'What to do: ',
    first: 'Among them: ',
    allPending: 'All users who wait',
    allWithCode: (code) => `All users with ${code}`,
  },
  de: {
    title: 'Diagnose',
    nothing: 'Soweit zu sehen ist, ist alles in Ordnung.',
    severities: { error: 'Fehler', warning: 'Warnung', info: 'Hinweis' },
    hit: (users) => `${users} betroffen`,
    failing: (users) => `${users} ohne Telefon`,
    since: (when) => `seit ${when}`,
    nextStep: 'Was zu tun ist: ',
    first: 'Darunter: ',
    allPending: 'Alle wartenden Benutzer',
    allWithCode: (code) => `Alle Benutzer mit ${code}`,
  },
};
