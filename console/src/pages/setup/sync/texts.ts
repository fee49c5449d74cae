import type { Texts } from '../../../language/language';

interface SyncTexts {
  intro: string;
  notBegun: string;
  start: string;
  queued: string;
  phases: Record<string, string>;
  ended: Record<string, string>;
  failed: string;
  again: string;
  waits: string;
  progress: string;
  counts: Record<'read' | 'created' | 'updated' | 'unchanged' | 'problems', string>;
  rate: (perSecond: string) => string;
  left: (seconds: number) => string;
  ofAbout: (read: string, expected: string) => string;
  read: (read: string) => string;
  problems: (count: string) => string;
  problemsText: string;
  more: string;
  codes: Record<string, string>;
  nobody: string;
  goOn: string;
}

const seconds = (value: number): string => {
  const minutes = Math.floor(value / 60);
  return minutes === 0 ? `${value} s` : `${minutes} min ${value % 60} s`;
};

export const SYNC_TEXTS: Texts<SyncTexts> = {
  en: {
    intro:
      'The connector reads the users of both sides and fetches for each of them, from CloudLink, what the Phone tab needs to register. You may leave this page; the sync goes on.',
    notBegun: 'The first sync begins by itself in a moment.',
    start: 'Begin now',
    queued: 'The sync waits for its turn.',
    phases: {
      zoom_users: 'Step 1 of 3: reading the users of Zoom',
      cloudlink_users: 'Step 2 of 3: reading the users of CloudLink',
      removal: 'Step 3 of 3: looking who has left',
      done: 'Finishing',
    },
    ended: {
      succeeded: 'The sync has ended.',
      failed: 'The sync has failed.',
      awaiting_approval: 'The sync has ended, but many users are missing. Look at the overview: you decide there.',
    },
    failed: 'The sync did not succeed',
    again: 'Sync again',
    waits: 'It is tried again by itself:',
    progress: 'Progress of the sync',
    counts: {
      read: 'Read at CloudLink',
      created: 'New',
      updated: 'Changed',
      unchanged: 'Unchanged',
      problems: 'Not usable',
    },
    rate: (perSecond) => `${perSecond} users per second`,
    left: (value) => `about ${seconds(value)} left`,
    ofAbout: (read, expected) => `${read} of about ${expected} users`,
    read: (read) => `${read} users`,
    problems: (count) => `Users who could not be used (${count})`,
    problemsText: 'All others are in. Who is mended at Zoom or CloudLink comes with one of the next syncs.',
    more: 'Show more',
    codes: {
      no_zoom_user:
        'There is no Zoom user with this email. Add one with exactly this email, or change it in CloudLink.',
      duplicate_email: 'CloudLink has two users with this email. Change one of them there.',
      duplicate_zoom_user:
        'Zoom lists one user under the emails of two CloudLink users. Correct the email of one of them.',
      invalid_email: 'The email at CloudLink is not one. Correct it there.',
      invalid_item: 'What CloudLink says of this user is not complete or cannot be read.',
      invalid_hash: 'The SIP credential that CloudLink gives has not the right form.',
      missing_credential:
        'CloudLink calls the user ready, but gives no SIP credential. Look at CloudLink’s log of this user.',
      no_registrar: 'CloudLink names no SBC or PBX for this user. Check the user’s site in Mitel Administration.',
    },
    nobody: '(without email)',
    goOn: 'Go on',
  },
  de: {
    intro:
      'Der Connector liest die Benutzer beider Seiten und holt für jeden von CloudLink, was der Telefon-Reiter zum Registrieren braucht. Sie können diese Seite verlassen; der Abgleich geht weiter.',
    notBegun: 'Der erste Abgleich beginnt gleich von selbst.',
    start: 'Jetzt beginnen',
    queued: 'Der Abgleich wartet, bis er an der Reihe ist.',
    phases: {
      zoom_users: 'Schritt 1 von 3: Benutzer von Zoom werden gelesen',
      cloudlink_users: 'Schritt 2 von 3: Benutzer von CloudLink werden gelesen',
      removal: 'Schritt 3 von 3: Wer ist nicht mehr da?',
      done: 'Wird abgeschlossen',
    },
    ended: {
      succeeded: 'Der Abgleich ist fertig.',
      failed: 'Der Abgleich ist fehlgeschlagen.',
      awaiting_approval:
        'Der Abgleich ist fertig, aber viele Benutzer fehlen. Sehen Sie in die Übersicht: Dort entscheiden Sie.',
    },
    failed: 'Der Abgleich ist nicht gelungen',
    again: 'Noch einmal abgleichen',
    waits: 'Er wird von selbst wieder versucht:',
    progress: 'Fortschritt des Abgleichs',
    counts: {
      read: 'Bei CloudLink gelesen',
      created: 'Neu',
      updated: 'Geändert',
      unchanged: 'Unverändert',
      problems: 'Nicht verwendbar',
    },
    rate: (perSecond) => `${perSecond} Benutzer pro Sekunde`,
    left: (value) => `noch etwa ${seconds(value)}`,
    ofAbout: (read, expected) => `${read} von etwa ${expected} Benutzern`,
    read: (read) => `${read} Benutzer`,
    problems: (count) => `Benutzer, die sich nicht verwenden ließen (${count})`,
    problemsText:
      'Alle anderen sind dabei. Was bei Zoom oder CloudLink in Ordnung gebracht wird, kommt mit einem der nächsten Abgleiche.',
    more: 'Mehr zeigen',
    codes: {
      no_zoom_user:
        'Es gibt keinen Zoom-Benutzer mit dieser E-Mail-Adresse. Legen Sie einen mit genau dieser Adresse an, oder ändern Sie sie in CloudLink.',
      duplicate_email: 'CloudLink hat zwei Benutzer mit dieser E-Mail-Adresse. Ändern Sie dort eine davon.',
      duplicate_zoom_user:
        'Zoom führt einen Benutzer unter den Adressen von zwei CloudLink-Benutzern. Berichtigen Sie eine der Adressen.',
      invalid_email: 'Die E-Mail-Adresse bei CloudLink ist keine. Berichtigen Sie sie dort.',
      invalid_item: 'Die Angaben von CloudLink zu diesem Benutzer sind unvollständig oder unlesbar.',
      invalid_hash: 'Die SIP-Zugangsdaten von CloudLink haben nicht die richtige Form.',
      invalid_realm: 'CloudLink nennt für diesen Benutzer keinen gültigen SIP-Realm.',
      invalid_host: 'CloudLink nennt für diesen Benutzer eine ungültige Adresse von SBC oder Telefonanlage.',
      invalid_port: 'CloudLink nennt für diesen Benutzer einen ungültigen Port von SBC oder Telefonanlage.',
      invalid_transport: 'CloudLink nennt für diesen Benutzer ein unbekanntes Transportprotokoll.',
      unknown_registrar_role: 'CloudLink nennt für diesen Benutzer ein Registrierungsziel unbekannter Art.',
      missing_credential:
        'CloudLink nennt den Benutzer bereit, gibt aber keine SIP-Zugangsdaten. Sehen Sie in CloudLinks Protokoll zu diesem Benutzer.',
      no_registrar:
        'CloudLink nennt für diesen Benutzer weder SBC noch Telefonanlage. Prüfen Sie seinen Standort in Mitel Administration.',
    },
    nobody: '(ohne E-Mail-Adresse)',
    goOn: 'Weiter',
  },
};
