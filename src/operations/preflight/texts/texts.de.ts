import { PROVIDER_NAMES, type Provider } from '../../../oauth/provider';
import type { RiskReason } from '../../../oauth/grant';
import { LEAST_APP_VERSION, TELEWORKER_LICENCES } from '../assumptions';
import type { FindingText, PreflightTexts } from './text-shape';

const ok = (evidence: string): FindingText => ({ evidence, nextStep: '' });
const at = (side: Provider): string => PROVIDER_NAMES[side];
const users = (count: number): string => `${count} Benutzer`;
const ofUsers = (count: number): string => (count === 1 ? '1 Benutzer' : `${count} Benutzern`);
const devices = (count: number): string => (count === 1 ? '1 Gerät' : `${count} Geräte`);
const ofDevices = (count: number): string => (count === 1 ? '1 Gerät' : `${count} Geräten`);
const ofLooked = (looked: number, isWhole: boolean): string =>
  isWhole ? `allen ${looked} aktiven Zoom-Benutzern` : `den ersten ${looked} aktiven Zoom-Benutzern (es gibt mehr)`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).replace('.', ',')} s`;
const between = (least: number, most: number): string => `zwischen ${seconds(least)} und ${seconds(most)}`;
const authorise = (side: Provider): string =>
  `Lassen Sie einen Administrator des ${at(side)}-Kontos autorisieren: in der Konsole, mit npm run cli -- connectors authorize-link oder POST …/authorize-links.`;
const untold = (count: number): string =>
  count === 0 ? '' : ` ${devices(count)} ${count === 1 ? 'nennt' : 'nennen'} keine App-Version.`;
const bySource = {
  reports: 'laut Meldung der Apps',
  zoom: 'wie Zoom den Benutzer zuletzt sah; noch hat keine App gemeldet',
};

const RISKS: Record<RiskReason, string> = {
  role_missing: 'der Administrator hat die Rolle verloren',
  user_left: 'der Administrator hat das Konto verlassen',
  user_deactivated: 'der Administrator wurde deaktiviert',
  token_refused: 'ein eben erneuertes Token wurde abgelehnt',
  keep_alive_failed: 'seit Tagen ließ sich nicht feststellen, ob sie noch gilt',
};

export const german: PreflightTexts = {
  titles: {
    zoom_authorised: 'Zoom ist autorisiert',
    zoom_role: 'Der Zoom-Administrator hat die nötigen Rechte',
    zoom_scopes: 'Die Zoom-Autorisierung umfasst die nötigen Scopes',
    zoom_psi_enabled: 'Zoom hat Phone System Integration freigeschaltet',
    zoom_phone_set_up: 'Zoom Phone ist eingerichtet',
    zoom_licence: 'Die Benutzer haben eine passende Zoom-Lizenz',
    cloudlink_authorised: 'CloudLink ist autorisiert',
    cloudlink_role: 'Der CloudLink-Administrator hat die nötige Rolle',
    cloudlink_scopes: 'Die CloudLink-Autorisierung umfasst die nötigen Scopes',
    cloudlink_integration: 'Das CloudLink-Konto hat die Zoom-Integration',
    licence_zoom_psi: 'Die Benutzer haben die Mitel-Lizenz ZoomPSI oder Hybrid',
    licence_teleworker: `Die Benutzer haben ${TELEWORKER_LICENCES} Teleworker-Lizenzen`,
    users_at_zoom: 'Die CloudLink-Benutzer gibt es in Zoom',
    users_at_cloudlink: 'Die Zoom-Benutzer gibt es in CloudLink',
    app_version: `Die Zoom-Workplace-Apps haben Version ${LEAST_APP_VERSION} oder neuer`,
    targets_reachable: 'Die Registrierungsziele antworten',
    clock_zoom: 'Unsere Uhr stimmt mit der von Zoom überein',
    clock_cloudlink: 'Unsere Uhr stimmt mit der von CloudLink überein',
    mobile_calling: 'Telefonieren mit der mobilen App ist eingeschaltet',
    automatic_phone_assignment: 'Zoom Phone wird nicht automatisch zugewiesen',
  },
  findings: {
    not_authorised: ({ side }) => ({
      evidence: `Bei ${at(side)} gibt es keine gültige Autorisierung.`,
      nextStep: authorise(side),
    }),
    unreachable: ({ side, retryAfterSeconds }) => ({
      evidence: `${at(side)} hat nicht rechtzeitig geantwortet oder bittet um Geduld.`,
      nextStep:
        retryAfterSeconds === undefined
          ? `Sehen Sie in einigen Minuten wieder nach. Bleibt es dabei, prüfen Sie die Statusseite von ${at(side)} und ob dieser Server sie erreicht.`
          : `Sehen Sie in ${retryAfterSeconds} s wieder nach.`,
    }),
    refused: ({ side }) => ({
      evidence: `${at(side)} verweigert diese Auskunft.`,
      nextStep: `Beheben Sie, was die anderen Prüfungen zu ${at(side)} nennen, und sehen Sie wieder nach.`,
    }),
    unreadable: ({ side }) => ({
      evidence: `${at(side)} hat eine Antwort gegeben, die dieses Programm nicht lesen kann.`,
      nextStep:
        'Sehen Sie wieder nach; bleibt es dabei, nennen Sie dem Betreiber dieses Dienstes den Zeitpunkt dieser Prüfung.',
    }),
    not_synced: () => ({
      evidence: 'Noch ist kein Abgleich gelungen; die Benutzer sind unbekannt.',
      nextStep:
        'Starten Sie einen Abgleich (in der Konsole, mit npm run cli -- sync oder POST …/sync) und sehen Sie wieder nach.',
    }),
    no_users: () => ({
      evidence: 'Der letzte Abgleich hat keine Benutzer gefunden.',
      nextStep:
        'Geben Sie Benutzern in Mitel Administration die Lizenzen, prüfen Sie, dass ihre E-Mail-Adressen denen in Zoom gleichen, und gleichen Sie ab.',
    }),
    authorised: ({ side, admin, kind }) =>
      ok(
        kind === 'service_client'
          ? `${at(side)} akzeptiert den Dienst-Client des Kontos.`
          : `${at(side)} akzeptiert die Autorisierung von ${admin}.`,
      ),
    at_risk: ({ side, admin, reason }) => ({
      evidence: `Die Autorisierung von ${admin} bei ${at(side)} funktioniert noch, aber ${RISKS[reason]}.`,
      nextStep: `Lassen Sie einen weiteren Administrator autorisieren, bevor sie endet. ${authorise(side)}`,
    }),
    token_refused: ({ side, admin }) => ({
      evidence: `${at(side)} lehnt die Autorisierung von ${admin} ab.`,
      nextStep: authorise(side),
    }),
    zoom_admin_inactive: ({ admin }) => ({
      evidence: `${admin} ist in Zoom deaktiviert.`,
      nextStep: `Aktivieren Sie den Benutzer wieder, oder lassen Sie einen anderen Administrator autorisieren. ${authorise('zoom')}`,
    }),
    zoom_privileges_held: ({ admin, role }) => ok(`${admin} hat die Rolle „${role}“ mit allen nötigen Rechten.`),
    zoom_privileges_missing: ({ admin, role, missing }) => ({
      evidence: `${admin} hat die Rolle „${role}“; ihr fehlt ${missing.join(', ')}.`,
      nextStep:
        'In Zoom: User Management → Roles → die Rolle → Role Settings: „Users“, „Phone System Integration“ (ansehen und bearbeiten) und „Zoom Phone“ einschalten. Oder lassen Sie einen Administrator autorisieren, der sie hat.',
    }),
    scopes_granted: ({ side, scopes }) => ok(`${at(side)} hat gewährt: ${scopes.join(' ')}.`),
    scopes_missing: ({ side, missing, isNeeded }) => ({
      evidence: `${at(side)} hat nicht gewährt: ${missing.join(' ')}.${isNeeded ? '' : ' Der Dienst arbeitet auch ohne, aber nicht jede dieser Prüfungen.'}`,
      nextStep: `Fügen Sie der App bei ${at(side)} die Scopes hinzu, und lassen Sie einen Administrator neu autorisieren: Scopes werden nur bei der Zustimmung vergeben.`,
    }),
    scopes_untold: ({ side }) => ({
      evidence: `${at(side)} hat nicht gesagt, welche Scopes gewährt sind.`,
      nextStep: 'Solange die anderen Prüfungen gut sind, ist nichts zu tun.',
    }),
    psi_on: () => ok('Zoom lässt uns die Telefone von Phone System Integration auflisten.'),
    psi_off: () => ({
      evidence: 'Zoom sagt, dass Phone System Integration für dieses Konto nicht freigeschaltet ist.',
      nextStep:
        'Bitten Sie Zoom (Ihren Ansprechpartner oder den Support), Phone System Integration für Mitel freizuschalten.',
    }),
    psi_by_hand: () => ({
      evidence: 'Mit dieser Autorisierung dürfen wir Zoom nicht danach fragen.',
      nextStep:
        'In Zoom: Prüfen Sie, dass es Account Management → Phone System Integration gibt. Sonst bitten Sie Zoom, es für Mitel freizuschalten.',
    }),
    phone_on: () => ok('Zoom antwortet mit den Einstellungen von Zoom Phone.'),
    phone_off: () => ({
      evidence: 'Zoom sagt, dass Zoom Phone für dieses Konto nicht aktiviert ist (Code 2031).',
      nextStep:
        'In Zoom: Phone System Management → die erste Einrichtung durchlaufen, mit einer Test-Nebenstelle und einer Notfalladresse; die Hauptrufnummer bleibt leer.',
    }),
    phone_scope_missing: () => ({
      evidence: 'Der Autorisierung fehlt der Scope phone:read:settings:admin; Zoom sagt es deshalb nicht.',
      nextStep:
        'Fügen Sie der App den Scope hinzu und lassen Sie neu autorisieren, oder prüfen Sie in Zoom, dass sich Phone System Management ohne Einrichtungsseite öffnet.',
    }),
    phone_privilege_missing: () => ({
      evidence: 'Die Rolle des Administrators, der autorisiert hat, darf die Einstellungen von Zoom Phone nicht sehen.',
      nextStep:
        'Schalten Sie „Zoom Phone“ in dieser Rolle ein, oder prüfen Sie in Zoom, dass sich Phone System Management ohne Einrichtungsseite öffnet.',
    }),
    seats_paid: ({ integrated, looked, isWhole }) =>
      ok(
        `${users(integrated)} der Integration haben eine bezahlte Lizenz; gefunden unter ${ofLooked(looked, isWhole)}.`,
      ),
    seats_unpaid: ({ integrated, looked, isWhole, unpaid }) => ({
      evidence: `${unpaid.count} von ${ofUsers(integrated)} haben keine bezahlte Lizenz (Basic oder nicht zugewiesen); gefunden unter ${ofLooked(looked, isWhole)}.`,
      nextStep:
        'In Zoom: User Management → Users: Weisen Sie Workplace Business, Business Plus, Enterprise oder einen Plan mit Zoom Phone Pro zu.',
    }),
    seats_of_nobody: ({ looked, isWhole }) => ({
      evidence: `Von ${ofLooked(looked, isWhole)} gehört noch keiner zur Integration.`,
      nextStep: 'Sehen Sie wieder nach, wenn ein Abgleich Benutzer gefunden hat.',
    }),
    cloudlink_role_held: ({ admin, role, kind }) =>
      ok(kind === 'service_client' ? `Der Dienst-Client hat die Rolle ${role}.` : `${admin} hat die Rolle ${role}.`),
    cloudlink_role_missing: ({ admin, role }) => ({
      evidence: `${admin} hat die Rolle ${role === '' ? '(keine)' : role}.`,
      nextStep:
        'In Mitel Administration: Users → der Benutzer → Role: Account Admin. Oder lassen Sie einen Administrator des Kontos autorisieren.',
    }),
    integration_readable: () => ok('CloudLink lässt uns die Benutzer der Zoom-Integration lesen.'),
    integration_refused: () => ({
      evidence:
        'CloudLink verweigert die Liste der Benutzer der Zoom-Integration, obwohl es die Autorisierung akzeptiert.',
      nextStep:
        'In Mitel Administration: Account Information → Integrations → + Add new → Zoom, dann Complete Setup und einschalten. Ein Partnerkonto kann sie nicht haben: Nehmen Sie das Konto des Kunden.',
    }),
    zoom_psi_all: ({ total }) => ok(`${users(total)}: alle haben sie.`),
    zoom_psi_missing: ({ total, without }) => ({
      evidence: `${without.count} von ${ofUsers(total)} haben weder ZoomPSI noch Hybrid.`,
      nextStep: 'In Mitel Administration: Users → der Benutzer → Licences: Weisen Sie ZoomPSI oder Hybrid zu.',
    }),
    teleworker_all: ({ total }) => ok(`${users(total)}: alle haben ${TELEWORKER_LICENCES} oder mehr.`),
    teleworker_missing: ({ total, without, one }) => ({
      evidence: `Von ${ofUsers(total)} haben ${without.count} keine und ${one.count} nur eine: Die reicht entweder für den Desktop oder für das Mobilgerät.`,
      nextStep: `In Mitel Administration: Users → der Benutzer → Licences: Weisen Sie ${TELEWORKER_LICENCES} Teleworker-Lizenzen zu, je eine für Desktop und Mobilgerät.`,
    }),
    all_at_zoom: ({ total }) => ok(`${users(total)}: alle sind in Zoom aktiv.`),
    missing_at_zoom: ({ missing, notActive }) => ({
      evidence: `${users(missing.count)} von CloudLink haben keinen Zoom-Benutzer mit gleicher E-Mail-Adresse; ${notActive.count} gibt es in Zoom, sie sind aber deaktiviert oder nur eingeladen.`,
      nextStep:
        'In Zoom: User Management → Users → Add Users, mit genau der E-Mail-Adresse aus CloudLink, oder aktivieren Sie sie; Eingeladene müssen annehmen. Danach abgleichen.',
    }),
    all_at_cloudlink: ({ total, isWhole }) =>
      ok(
        isWhole
          ? `${users(total)}: alle gibt es in CloudLink.`
          : `Die ersten ${users(total)} gibt es in CloudLink; es gibt mehr.`,
      ),
    missing_at_cloudlink: ({ missing, isChosen, looked, isWhole }) => ({
      evidence: isChosen
        ? `${missing.count} von ${ofUsers(looked)}, die von Hand hinzugefügt wurden, haben keinen CloudLink-Benutzer mit gleicher E-Mail-Adresse.`
        : `${missing.count} von ${ofLooked(looked, isWhole)} haben keinen CloudLink-Benutzer mit gleicher E-Mail-Adresse.`,
      nextStep: isChosen
        ? 'In Mitel Administration: Users: Legen Sie sie mit genau der E-Mail-Adresse aus Zoom an und weisen Sie die Lizenzen zu. Danach abgleichen.'
        : 'Wer über Mitel telefonieren soll: in Mitel Administration → Users anlegen, mit genau der E-Mail-Adresse aus Zoom. Für alle anderen ist nichts zu tun.',
    }),
    apps_new_enough: ({ devices: count, source, untold: silent }) =>
      ok(`${devices(count)}: alle sind neu genug (${bySource[source]}).${untold(silent)}`),
    apps_too_old: ({ devices: count, tooOld, oldest, source, untold: silent }) => ({
      evidence: `${tooOld.count} von ${ofDevices(count)} haben eine ältere App, die älteste ${oldest} (${bySource[source]}).${untold(silent)}`,
      nextStep: `Aktualisieren Sie Zoom Workplace auf ${LEAST_APP_VERSION} oder neuer. Die Kontoeinstellungen von Zoom können von allen eine Mindestversion verlangen.`,
    }),
    apps_untold: () => ({
      evidence: 'Keine App hat ihre Version so genannt, dass sie sich vergleichen lässt.',
      nextStep: `Prüfen Sie in der App unter „Info“, dass sie ${LEAST_APP_VERSION} oder neuer ist.`,
    }),
    targets_answer: ({ targets, at: time }) => ok(`Alle ${targets} antworten; geprüft ${time.toISOString()}.`),
    targets_trouble: ({ targets, down, degraded, at: time }) => ({
      evidence: `Von ${targets} antworten ${down.length} nicht${list(down)}, ${degraded.length} haben Schwierigkeiten${list(degraded)}; geprüft ${time.toISOString()}.`,
      nextStep:
        'Sehen Sie die Gründe bei den Zielen dieses Connectors; beginnen Sie mit dem Netz und dem Zertifikat des SBC.',
    }),
    targets_not_probed: ({ handedOut }) => ({
      evidence: `Noch ist keine Messung gelaufen, also hat niemand nachgesehen, ob sie antworten. CloudLink nennt ${handedOut}.`,
      nextStep: 'Prüfen Sie aus dem Netz der Benutzer, dass der SBC auf dem Port, den CloudLink nennt, TLS annimmt.',
    }),
    clock_right: ({ side, least, most }) =>
      ok(`Die Uhr von ${at(side)} geht gegenüber unserer um ${between(least, most)} vor.`),
    clock_wrong: ({ side, certain, least, most }) => ({
      evidence: `Die Uhr von ${at(side)} geht gegenüber unserer um mindestens ${seconds(Math.abs(certain))} ${certain > 0 ? 'vor' : 'nach'} (${between(least, most)}).`,
      nextStep: 'Stellen Sie die Uhr dieses Servers über NTP. Weichen beide Anbieter gleich ab, geht unsere falsch.',
    }),
    clock_untold: ({ side }) => ({
      evidence: `${at(side)} hat keine Antwort mit einer Uhrzeit gegeben.`,
      nextStep: `Beheben Sie, was die anderen Prüfungen zu ${at(side)} nennen, und sehen Sie wieder nach.`,
    }),
    mobile_off_here: () => ({
      evidence:
        'Es ist in den Einstellungen dieses Connectors ausgeschaltet: Mobile Apps bekommen keine Registrierung.',
      nextStep:
        'Sollen mobile Apps klingeln, schalten Sie in den Einstellungen des Connectors das mobile Telefonieren ein.',
    }),
    mobile_seen: ({ devices: count }) =>
      ok(`${devices(count)}: Mobile Apps sind gerade registriert, also ist es eingeschaltet.`),
    mobile_by_hand: () => ({
      evidence: 'Keine Schnittstelle sagt es, und gerade ist keine mobile App registriert.',
      nextStep:
        'In Zoom: Account Management → Phone System Integration → Settings: „Allow to use the integrated phone system for the call function on the Zoom mobile client“ muss eingeschaltet sein.',
    }),
    assignment_by_hand: () => ({
      evidence: 'Keine Schnittstelle sagt es.',
      nextStep:
        'In Zoom: Account Management → Account Settings → Zoom Phone: „Automatic Phone Assignment for Zoom Workplace Licenses“ muss ausgeschaltet sein.',
    }),
  },
};

const list = (names: readonly string[]): string => (names.length === 0 ? '' : ` (${names.slice(0, 5).join(', ')})`);
