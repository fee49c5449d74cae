import type { Texts } from '../../../language/language';
import type { components } from '../../../api/schema';

type Detail = components['schemas']['UserDetailDto'];
type Role = components['schemas']['TargetDto']['role'];

interface DrawerTexts {
  title: string;
  close: string;
  gone: string;
  sections: Record<
    'status' | 'diagnosis' | 'identity' | 'licences' | 'credential' | 'targets' | 'devices' | 'history',
    string
  >;
  since: (when: string) => string;
  asOf: (when: string) => string;
  nothingWrong: string;
  nextStep: string;
  severities: Record<'error' | 'warning' | 'info', string>;
  facts: Record<
    | 'email'
    | 'extension'
    | 'pbx'
    | 'membership'
    | 'zoomUserId'
    | 'zoomStatus'
    | 'cloudlinkUserId'
    | 'syncedAt'
    | 'missingSince'
    | 'zoomPsi'
    | 'teleworker'
    | 'zoomPhone'
    | 'state'
    | 'userName'
    | 'authUserName'
    | 'realm'
    | 'algorithms'
    | 'app'
    | 'target'
    | 'reported'
    | 'validUntil',
    string
  >;
  memberships: Record<Detail['membership'], string>;
  zoomStatuses: Record<NonNullable<Detail['zoomStatus']>, string>;
  credentialStates: Record<Detail['credential']['state'], string>;
  roles: Record<Role, string>;
  yes: string;
  no: string;
  unknown: string;
  noHashShown: string;
  noTargets: string;
  noDevices: string;
  noHistory: string;
  from: (previous: string) => string;
  sync: string;
  syncing: string;
  synced: string;
  syncLong: string;
  takeOut: string;
  takeOutTitle: (name: string) => string;
  takeOutWords: string;
}

export const DRAWER_TEXTS: Texts<DrawerTexts> = {
  en: {
    title: 'User',
    close: 'Close',
    gone: 'There is no such user (any more).',
    sections: {
      status: 'Status',
      diagnosis: 'Diagnosis',
      identity: 'Identity',
      licences: 'Licences',
      credential: 'SIP credential',
      targets: 'Registration targets',
      devices: 'Devices',
      history: 'History of the status',
    },
    since: (when) => `since ${when}`,
    asOf: (when) => `As of the sync of ${when}`,
    nothingWrong: 'Nothing is wrong as far as can be seen from here.',
    nextStep: 'What to do',
    severities: { error: 'Fault', warning: 'Warning', info: 'Note' },
    facts: {
      email: 'Email',
      extension: 'Extension',
      pbx: 'PBX',
      membership: 'Membership',
      zoomUserId: 'Zoom user ID',
      zoomStatus: 'Status at Zoom',
      cloudlinkUserId: 'CloudLink user ID',
      syncedAt: 'Last sync',
      missingSince: 'Not found since',
      zoomPsi: 'Mitel ZoomPSI or Hybrid',
      teleworker: 'Teleworker licences',
      zoomPhone: 'Zoom Phone besides',
      state: 'State',
      userName: 'User name (caller ID)',
      authUserName: 'Auth user name',
      realm: 'Realm',
      algorithms: 'Hashes stored for',
      app: 'App version',
      target: 'Target',
      reported: 'Last report',
      validUntil: 'Counts until',
    },
    memberships: { automatic: 'Automatic: found in both accounts', chosen: 'Chosen by an admin' },
    zoomStatuses: { active: 'Active', inactive: 'Deactivated', pending: 'Invited, not there yet' },
    credentialStates: { none: 'None yet', ready: 'Ready', revoked: 'Revoked' },
    roles: { sbc: 'SBC', backup_sbc: 'Backup SBC', pbx: 'PBX (on site)' },
    yes: 'Yes',
    no: 'No',
    unknown: 'Not known',
    noHashShown: 'The hashes themselves are shown nowhere.',
    noTargets: 'CloudLink names no target.',
    noDevices: 'No app has reported yet.',
    noHistory: 'The status has not changed yet.',
    from: (previous) => `before: ${previous}`,
    sync: 'Sync this user',
    syncing: 'Reading the user at Zoom and CloudLink',
    synced: 'The user was read at Zoom and CloudLink.',
    syncLong: 'This takes longer than usual. It goes on; look again later.',
    takeOut: 'Take out',
    takeOutTitle: (name) => `Take out ${name}?`,
    takeOutWords:
      'The user is no longer chosen. Where all users are chosen, the SIP credential here is destroyed at once and the telephone in Zoom stops; you can add the user again at any time.',
  },
  de: {
    title: 'Benutzer',
    close: 'Schließen',
    gone: 'Diesen Benutzer gibt es nicht (mehr).',
    sections: {
      status: 'Status',
      diagnosis: 'Diagnose',
      identity: 'Identität',
      licences: 'Lizenzen',
      credential: 'SIP-Zugangsdaten',
      targets: 'Registrierungsziele',
      devices: 'Geräte',
      history: 'Statusverlauf',
    },
    since: (when) => `seit ${when}`,
    asOf: (when) => `Stand des Abgleichs vom ${when}`,
    nothingWrong: 'Soweit von hier aus zu sehen, ist alles in Ordnung.',
    nextStep: 'Was zu tun ist',
    severities: { error: 'Störung', warning: 'Warnung', info: 'Hinweis' },
    facts: {
      email: 'E-Mail',
      extension: 'Nebenstelle',
      pbx: 'Anlage',
      membership: 'Zugehörigkeit',
      zoomUserId: 'Benutzer-ID in Zoom',
      zoomStatus: 'Status in Zoom',
      cloudlinkUserId: 'Benutzer-ID in CloudLink',
      syncedAt: 'Letzter Abgleich',
      missingSince: 'Nicht gefunden seit',
      zoomPsi: 'Mitel ZoomPSI oder Hybrid',
      teleworker: 'Teleworker-Lizenzen',
      zoomPhone: 'Außerdem Zoom Phone',
      state: 'Zustand',
      userName: 'Benutzername (Rufnummer)',
      authUserName: 'Anmeldename',
      realm: 'Realm',
      algorithms: 'Hashes gespeichert für',
      app: 'App-Version',
      target: 'Ziel',
      reported: 'Letzte Meldung',
      validUntil: 'Gilt bis',
    },
    memberships: { automatic: 'Automatisch: in beiden Konten gefunden', chosen: 'Von einem Administrator ausgewählt' },
    zoomStatuses: { active: 'Aktiv', inactive: 'Deaktiviert', pending: 'Eingeladen, noch nicht da' },
    credentialStates: { none: 'Noch keine', ready: 'Bereit', revoked: 'Entzogen' },
    roles: { sbc: 'SBC', backup_sbc: 'Ersatz-SBC', pbx: 'Anlage (vor Ort)' },
    yes: 'Ja',
    no: 'Nein',
    unknown: 'Nicht bekannt',
    noHashShown: 'Die Hashes selbst werden nirgends gezeigt.',
    noTargets: 'CloudLink nennt kein Ziel.',
    noDevices: 'Noch keine App hat sich gemeldet.',
    noHistory: 'Der Status hat sich noch nicht geändert.',
    from: (previous) => `vorher: ${previous}`,
    sync: 'Diesen Benutzer abgleichen',
    syncing: 'Der Benutzer wird bei Zoom und CloudLink gelesen',
    synced: 'Der Benutzer wurde bei Zoom und CloudLink gelesen.',
    syncLong: 'Das dauert länger als sonst. Es geht weiter; sehen Sie später noch einmal nach.',
    takeOut: 'Herausnehmen',
    takeOutTitle: (name) => `${name} herausnehmen?`,
    takeOutWords:
      'Der Benutzer ist dann nicht mehr ausgewählt. Wo alle Benutzer ausgewählt werden, werden seine SIP-Zugangsdaten hier sofort vernichtet, und das Telefon in Zoom endet; Sie können ihn jederzeit wieder hinzufügen.',
  },
};
