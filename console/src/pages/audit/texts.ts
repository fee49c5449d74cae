import type { Texts } from '../../language/language';
import type { ActionGroup } from './action-texts';

interface AuditTexts {
  intro: string;
  filter: string;
  action: string;
  everything: string;
  groups: Record<ActionGroup, string>;
  other: string;
  from: string;
  to: string;
  clear: string;
  events: string;
  nothing: string;
  nothingFound: string;
  more: string;
  end: string;
  shown: (count: string) => string;
  details: string;
  user: (subject: string) => string;
  by: string;
  at: string;
  subject: string;
  address: string;
  request: string;
  zoomTrace: string;
  mitelTrace: string;
  code: string;
  before: (before: string, after: string) => string;
  empty: string;
  system: string;
  webhook: string;
  commandLine: (user: string | undefined) => string;
  client: (id: string) => string;
}

export const AUDIT_TEXTS: Texts<AuditTexts> = {
  en: {
    intro: 'Who did what, when and from where. Nobody can change or delete an entry.',
    filter: 'Filter',
    action: 'What was done',
    everything: 'Everything',
    groups: { users: 'Users', sync: 'Sync', settings: 'Settings', access: 'Access and authorisations' },
    other: 'Other',
    from: 'From',
    to: 'Until',
    clear: 'Show everything',
    events: 'Entries, newest first',
    nothing: 'There is no entry yet.',
    nothingFound: 'No entry fits this filter.',
    more: 'Show more',
    end: 'That is all.',
    shown: (count) => `${count} entries shown`,
    details: 'Details',
    user: (subject) => `Open the user ${subject}`,
    by: 'Who',
    at: 'When',
    subject: 'About',
    address: 'From the address',
    request: 'Request in the log',
    zoomTrace: 'Zoom’s tracking id',
    mitelTrace: 'Mitel’s correlation id',
    code: 'Code',
    before: (before, after) => `${before} → ${after}`,
    empty: '(empty)',
    system: 'This service',
    webhook: 'Message from Zoom or CloudLink',
    commandLine: (user) => (user === undefined ? 'Command line' : `${user} (command line)`),
    client: (id) => `API client ${id}`,
  },
  de: {
    intro: 'Wer was wann und von wo getan hat. Niemand kann einen Eintrag ändern oder löschen.',
    filter: 'Filter',
    action: 'Vorgang',
    everything: 'Alles',
    groups: { users: 'Benutzer', sync: 'Abgleich', settings: 'Einstellungen', access: 'Zugang und Autorisierungen' },
    other: 'Sonstiges',
    from: 'Von',
    to: 'Bis',
    clear: 'Alles zeigen',
    events: 'Einträge, neueste zuerst',
    nothing: 'Es gibt noch keinen Eintrag.',
    nothingFound: 'Kein Eintrag passt zu diesem Filter.',
    more: 'Mehr zeigen',
    end: 'Das sind alle.',
    shown: (count) => `${count} Einträge gezeigt`,
    details: 'Einzelheiten',
    user: (subject) => `Benutzer ${subject} öffnen`,
    by: 'Wer',
    at: 'Wann',
    subject: 'Betrifft',
    address: 'Von der Adresse',
    request: 'Anfrage im Protokoll des Dienstes',
    zoomTrace: 'Tracking-ID von Zoom',
    mitelTrace: 'Correlation-ID von Mitel',
    code: 'Kennung',
    before: (before, after) => `${before} → ${after}`,
    empty: '(leer)',
    system: 'Dieser Dienst',
    webhook: 'Nachricht von Zoom oder CloudLink',
    commandLine: (user) => (user === undefined ? 'Kommandozeile' : `${user} (Kommandozeile)`),
    client: (id) => `API-Client ${id}`,
  },
};
