import type { Texts } from '../../../language/language';
import type { Connector } from '../../../session/connector';

export type Shown = Exclude<keyof Connector['users'], 'removed'>;

interface DoneTexts {
  lead: (count: string) => string;
  nobody: string;
  status: Record<Shown, string>;
  meaning: Record<Shown, string>;
  next: string;
  users: string;
  usersText: string;
  apps: string;
  appSteps: string[];
  standby: string;
  standbyText: string;
  alerts: string;
  alertsText: string;
  alertsLink: string;
  overview: string;
}

export const DONE_TEXTS: Texts<DoneTexts> = {
  en: {
    lead: (count) => `${count} users are integrated. From now on the connector syncs by itself.`,
    nobody:
      'The sync has found nobody who is at both sides. Look at the pre-flight: users need the same email at Zoom and CloudLink, and their licences.',
    status: { pending: 'Pending', inactive: 'Inactive', registered: 'Registered', sip_error: 'SIP error' },
    meaning: {
      pending: 'CloudLink has not handed over SIP credentials yet',
      inactive: 'ready; nobody has opened the Phone tab yet',
      registered: 'can phone now',
      sip_error: 'an app could not register',
    },
    next: 'What to do next',
    users: 'Open integrated users',
    usersText: 'See who is ready, and what keeps the others.',
    apps: 'Tell the users what to do in Zoom Workplace',
    appSteps: [
      'Install Zoom Workplace 6.3.6 or newer, on the computer and on the mobile.',
      'Sign in with the work email: the same that CloudLink has.',
      'Open the Phone tab once. The app registers by itself; here the user becomes “Registered”.',
    ],
    standby: 'Add a standby admin',
    standbyText:
      'When the admin who has authorised leaves, a standby takes over without anybody noticing. Send a second admin of each side the link.',
    alerts: 'Say who is told when something breaks',
    alertsText: 'Mail addresses and webhooks for alerts are among the settings.',
    alertsLink: 'To the settings',
    overview: 'To the overview',
  },
  de: {
    lead: (count) => `${count} Benutzer sind integriert. Von nun an gleicht der Connector von selbst ab.`,
    nobody:
      'Der Abgleich hat niemanden gefunden, den es auf beiden Seiten gibt. Sehen Sie in die Vorabprüfung: Benutzer brauchen dieselbe E-Mail-Adresse bei Zoom und CloudLink und ihre Lizenzen.',
    status: { pending: 'Wartend', inactive: 'Inaktiv', registered: 'Registriert', sip_error: 'SIP-Fehler' },
    meaning: {
      pending: 'CloudLink hat noch keine SIP-Zugangsdaten übergeben',
      inactive: 'bereit; der Telefon-Reiter wurde noch nicht geöffnet',
      registered: 'können jetzt telefonieren',
      sip_error: 'eine App konnte sich nicht registrieren',
    },
    next: 'Was jetzt zu tun ist',
    users: 'Integrierte Benutzer öffnen',
    usersText: 'Sehen Sie, wer bereit ist und woran es bei den anderen hängt.',
    apps: 'Sagen Sie den Benutzern, was in Zoom Workplace zu tun ist',
    appSteps: [
      'Zoom Workplace 6.3.6 oder neuer installieren, auf dem Rechner und auf dem Mobiltelefon.',
      'Mit der dienstlichen E-Mail-Adresse anmelden: derselben, die CloudLink hat.',
      'Den Telefon-Reiter einmal öffnen. Die App registriert sich von selbst; hier wird der Benutzer „Registriert“.',
    ],
    standby: 'Einen Ersatzadministrator hinzufügen',
    standbyText:
      'Geht der Administrator, der autorisiert hat, springt ein Ersatz ein, ohne dass es jemand merkt. Schicken Sie je einem zweiten Administrator beider Seiten den Link.',
    alerts: 'Sagen Sie, wer bei Störungen benachrichtigt wird',
    alertsText: 'E-Mail-Adressen und Webhooks für Warnungen stehen in den Einstellungen.',
    alertsLink: 'Zu den Einstellungen',
    overview: 'Zur Übersicht',
  },
};
