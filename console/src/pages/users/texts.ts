import type { Texts } from '../../language/language';
import type { SortKey } from './filter';
import type { Device, Platform, UserStatus } from './user';

interface UsersTexts {
  columns: Record<'displayName' | 'email' | 'extension' | 'pbx' | Platform | 'status' | 'since' | 'syncedAt', string>;
  /** Beside the value, in a card. */
  extensionShort: string;
  sortBy: string;
  sorts: Record<SortKey, string>;
  order: string;
  ascending: string;
  descending: string;
  statuses: Record<UserStatus, string>;
  statusWords: Record<UserStatus, string>;
  devices: Record<Device['state'], string>;
  noDevice: string;
  withCode: (words: string, code: number) => string;
  missing: string;
  search: string;
  searchHint: string;
  status: string;
  anyStatus: string;
  platform: string;
  anyPlatform: string;
  platforms: Record<Platform, string>;
  found: string;
  anyFound: string;
  founds: Record<'true' | 'false', string>;
  pbx: string;
  anyPbx: string;
  code: string;
  anyCode: string;
  filters: string;
  clear: string;
  count: (number: string, isOne: boolean) => string;
  more: (number: string, isOne: boolean) => string;
  readAgain: string;
  exportCsv: string;
  fileName: string;
  add: string;
  live: string;
  connecting: string;
  interrupted: string;
  none: string;
  noneFound: string;
  loadingMore: string;
  keys: string;
}

export const USERS_TEXTS: Texts<UsersTexts> = {
  en: {
    columns: {
      displayName: 'Name',
      email: 'Email',
      extension: 'Ext., caller ID',
      pbx: 'PBX',
      desktop: 'Desktop',
      mobile: 'Mobile',
      status: 'Status',
      since: 'Since',
      syncedAt: 'Last sync',
    },
    extensionShort: 'Ext.',
    sortBy: 'Sort by',
    sorts: {
      email: 'Email',
      displayName: 'Name',
      extension: 'Extension',
      pbx: 'PBX',
      status: 'Status',
      since: 'Since',
      syncedAt: 'Last sync',
    },
    order: 'Order',
    ascending: 'Ascending',
    descending: 'Descending',
    statuses: {
      pending: 'Pending',
      inactive: 'Inactive',
      registered: 'Registered',
      sip_error: 'SIP error',
      removed: 'Removed',
    },
    statusWords: {
      pending: 'Waits for SIP credentials from CloudLink',
      inactive: 'No app is signed in',
      registered: 'Can be called',
      sip_error: 'An app cannot register',
      removed: 'Left Zoom or CloudLink',
    },
    devices: { registered: 'Registered', failed: 'Failed', unregistered: 'Signed off', expired: 'Ran out' },
    noDevice: 'None',
    withCode: (words, code) => `${words} ${code}`,
    missing: 'Not found by the last sync',
    search: 'Search',
    searchHint: 'Name, email or extension',
    status: 'Status',
    anyStatus: 'All but removed',
    platform: 'Registered on',
    anyPlatform: 'Any',
    platforms: { desktop: 'Desktop', mobile: 'Mobile' },
    found: 'Last sync',
    anyFound: 'Any',
    founds: { true: 'Not found', false: 'Found' },
    pbx: 'PBX',
    anyPbx: 'Any',
    code: 'SIP code',
    anyCode: 'Any',
    filters: 'Which users are shown',
    clear: 'Show all',
    count: (number, isOne) => (isOne ? '1 user' : `${number} users`),
    more: (number, isOne) => (isOne ? '1 more by now' : `${number} more by now`),
    readAgain: 'Read again',
    exportCsv: 'Export CSV',
    fileName: 'users.csv',
    add: 'Add users',
    live: 'Live',
    connecting: 'Connecting',
    interrupted: 'Not live, trying again',
    none: 'There are no users yet. They come with the first sync, or when you add them.',
    noneFound: 'No user is like that.',
    loadingMore: 'Loading more users',
    keys: 'Arrow keys, Home, End, Page up and Page down move, Enter opens the user.',
  },
  de: {
    columns: {
      displayName: 'Name',
      email: 'E-Mail',
      extension: 'Nst., Rufnummer',
      pbx: 'Anlage',
      desktop: 'Desktop',
      mobile: 'Mobil',
      status: 'Status',
      since: 'Seit',
      syncedAt: 'Abgleich',
    },
    extensionShort: 'Nst.',
    sortBy: 'Sortieren nach',
    sorts: {
      email: 'E-Mail',
      displayName: 'Name',
      extension: 'Nebenstelle',
      pbx: 'Anlage',
      status: 'Status',
      since: 'Seit',
      syncedAt: 'Letzter Abgleich',
    },
    order: 'Reihenfolge',
    ascending: 'Aufsteigend',
    descending: 'Absteigend',
    statuses: {
      pending: 'Ausstehend',
      inactive: 'Inaktiv',
      registered: 'Registriert',
      sip_error: 'SIP-Fehler',
      removed: 'Entfernt',
    },
    statusWords: {
      pending: 'Wartet auf SIP-Zugangsdaten von CloudLink',
      inactive: 'Keine App ist angemeldet',
      registered: 'Ist erreichbar',
      sip_error: 'Eine App kann sich nicht registrieren',
      removed: 'Hat Zoom oder CloudLink verlassen',
    },
    devices: {
      registered: 'Registriert',
      failed: 'Fehlgeschlagen',
      unregistered: 'Abgemeldet',
      expired: 'Abgelaufen',
    },
    noDevice: 'Keines',
    withCode: (words, code) => `${words} ${code}`,
    missing: 'Vom letzten Abgleich nicht gefunden',
    search: 'Suche',
    searchHint: 'Name, E-Mail oder Nebenstelle',
    status: 'Status',
    anyStatus: 'Alle außer entfernten',
    platform: 'Registriert auf',
    anyPlatform: 'Beliebig',
    platforms: { desktop: 'Desktop', mobile: 'Mobil' },
    found: 'Letzter Abgleich',
    anyFound: 'Beliebig',
    founds: { true: 'Nicht gefunden', false: 'Gefunden' },
    pbx: 'Anlage',
    anyPbx: 'Beliebig',
    code: 'SIP-Code',
    anyCode: 'Beliebig',
    filters: 'Welche Benutzer gezeigt werden',
    clear: 'Alle zeigen',
    count: (number, isOne) => (isOne ? '1 Benutzer' : `${number} Benutzer`),
    more: (number) => `Inzwischen ${number} mehr`,
    readAgain: 'Neu laden',
    exportCsv: 'CSV exportieren',
    fileName: 'benutzer.csv',
    add: 'Benutzer hinzufügen',
    live: 'Live',
    connecting: 'Verbindet',
    interrupted: 'Nicht live, versucht es wieder',
    none: 'Es gibt noch keine Benutzer. Sie kommen mit dem ersten Abgleich oder wenn Sie welche hinzufügen.',
    noneFound: 'Kein Benutzer entspricht dem.',
    loadingMore: 'Weitere Benutzer werden geladen',
    keys: 'Pfeiltasten, Pos1, Ende, Bild auf und Bild ab bewegen, Eingabe öffnet den Benutzer.',
  },
};
