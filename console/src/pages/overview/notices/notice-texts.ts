import type { Texts } from '../../../language/language';

interface NoticeTexts {
  takenOver: (clause: string, to: string) => string;
  addReserve: string;
  alertsUndelivered: (count: number) => string;
  toAlerts: string;
  zoomPhoneFailed: (since: string, code: string) => string;
  zoomPhoneScope: string;
  deltaRefused: Record<string, string>;
  triesAgain: (at: string) => string;
}

export const NOTICE_TEXTS: Texts<NoticeTexts> = {
  en: {
    takenOver: (clause, to) => `${clause}. ${to} stood by and has taken over, so everything goes on by itself.`,
    addReserve: 'To have a reserve again, add a standby admin below.',
    alertsUndelivered: (count) =>
      count === 1 ? 'One alert could not be delivered to anybody.' : `${count} alerts could not be delivered.`,
    toAlerts: 'Check where alerts go',
    zoomPhoneFailed: (since, code) =>
      `Since ${since} Zoom does not tell who has a Zoom Phone licence (${code}). What it said before still counts, and it is asked again by itself.`,
    zoomPhoneScope:
      'It is not known who has a Zoom Phone licence besides, because the app lacks the optional scope phone:read:list_users:admin. Give it to the app in Zoom’s Marketplace if you want to know.',
    deltaRefused: {
      refused: 'CloudLink does not say what has changed, so every sync reads all users.',
      ignored: 'CloudLink answers with users whom nobody has changed, so every sync reads all users.',
      no_modified_on: 'CloudLink does not say when users were changed, so every sync reads all of them.',
    },
    triesAgain: (at) => `It is tried again on ${at}.`,
  },
  de: {
    takenOver: (clause, to) => `${clause}. ${to} stand bereit und ist eingesprungen: Alles läuft von selbst weiter.`,
    addReserve: 'Damit es wieder eine Reserve gibt, fügen Sie unten einen weiteren Administrator hinzu.',
    alertsUndelivered: (count) =>
      count === 1
        ? 'Eine Meldung konnte niemandem zugestellt werden.'
        : `${count} Meldungen konnten nicht zugestellt werden.`,
    toAlerts: 'Prüfen, wohin Meldungen gehen',
    zoomPhoneFailed: (since, code) =>
      `Seit ${since} sagt Zoom nicht, wer eine Zoom-Phone-Lizenz hat (${code}). Was es vorher sagte, gilt weiter; es wird von selbst wieder gefragt.`,
    zoomPhoneScope:
      'Es ist nicht bekannt, wer zusätzlich eine Zoom-Phone-Lizenz hat, weil der App der optionale Scope phone:read:list_users:admin fehlt. Geben Sie ihn der App im Zoom Marketplace, wenn Sie es wissen wollen.',
    deltaRefused: {
      refused: 'CloudLink sagt nicht, was sich geändert hat; darum liest jeder Abgleich alle Benutzer.',
      ignored: 'CloudLink antwortet mit Benutzern, die niemand geändert hat; darum liest jeder Abgleich alle Benutzer.',
      no_modified_on: 'CloudLink sagt nicht, wann Benutzer geändert wurden; darum liest jeder Abgleich alle.',
    },
    triesAgain: (at) => `Am ${at} wird es wieder versucht.`,
  },
};
