import type { Texts } from '../../../language/language';
import type { Provider } from '../../../session/provider';

interface StateTexts {
  labels: Record<'well' | 'attention' | 'act' | 'pending' | 'disconnected', string>;
  disconnected: (since: string) => string;
  connectAgain: string;
  pending: (missing: string[]) => string;
  setUp: string;
  /** `clause` begins the sentence. */
  reauthorise: (clause: string) => string;
  destroyed: (at: string) => string;
  atRisk: (clause: string) => string;
  authorise: (provider: string) => string;
  approval: (missing: string) => string;
  toRemoval: string;
  toSyncs: string;
  syncFailed: (why: string) => string;
  /** `failing`: undefined where everybody can make calls all the same. */
  faults: (faults: number, failing: string | undefined) => string;
  toDiagnosis: string;
  firstSync: string;
  well: (synced: string) => string;
  thanks: string;
  providers: Record<Provider, string>;
}

export const STATE_TEXTS: Texts<StateTexts> = {
  en: {
    labels: {
      well: 'Working',
      attention: 'Needs attention',
      act: 'Needs an admin',
      pending: 'Set-up not finished',
      disconnected: 'Disconnected',
    },
    disconnected: (since) => `This connector has been disconnected since ${since}: all its credentials are destroyed.`,
    connectAgain: 'Connect again',
    pending: (missing) => `The connector is not set up yet: ${missing.join(' and ')} still has to be authorised.`,
    setUp: 'Go on with the set-up',
    reauthorise: (clause) =>
      `${clause}, and nobody stands by: users can go on making calls, but nothing is synced until an admin authorises again.`,
    destroyed: (at) => `If nobody does so by ${at}, all that is stored is destroyed.`,
    atRisk: (clause) => `${clause}: everything still works, but authorise again before it stops.`,
    authorise: (provider) => `Authorise again at ${provider}`,
    approval: (missing) => `The last sync did not find ${missing} and has removed nobody: you decide whether they go.`,
    toRemoval: 'See what would be removed',
    toSyncs: 'To the syncs',
    syncFailed: (why) => `The last sync has failed: ${why}`,
    faults: (faults, failing) =>
      failing === undefined
        ? `The connector works, but ${faults === 1 ? 'one fault was' : `${faults} faults were`} found.`
        : `The connector works, but ${faults === 1 ? 'one fault keeps' : `${faults} faults keep`} ${failing} from making calls.`,
    toDiagnosis: 'See what to do',
    firstSync: 'Both sides are authorised; the first sync brings the users.',
    well: (synced) => `Everything works; users were last synced ${synced}.`,
    thanks: 'The authorisation has arrived.',
    providers: { zoom: 'Zoom', cloudlink: 'CloudLink' },
  },
  de: {
    labels: {
      well: 'In Betrieb',
      attention: 'Braucht Aufmerksamkeit',
      act: 'Braucht einen Administrator',
      pending: 'Einrichtung nicht fertig',
      disconnected: 'Getrennt',
    },
    disconnected: (since) => `Dieser Connector ist seit ${since} getrennt: Alle seine Zugangsdaten sind vernichtet.`,
    connectAgain: 'Neu verbinden',
    pending: (missing) =>
      `Der Connector ist noch nicht eingerichtet: ${missing.join(' und ')} muss noch autorisiert werden.`,
    setUp: 'Einrichtung fortsetzen',
    reauthorise: (clause) =>
      `${clause}, und niemand steht bereit: Die Benutzer können weiter telefonieren, aber es wird nichts abgeglichen, bis ein Administrator neu autorisiert.`,
    destroyed: (at) => `Geschieht das nicht bis ${at}, wird alles Gespeicherte vernichtet.`,
    atRisk: (clause) => `${clause}: Noch funktioniert alles, aber autorisieren Sie neu, bevor es endet.`,
    authorise: (provider) => `Bei ${provider} neu autorisieren`,
    approval: (missing) =>
      `Der letzte Abgleich hat ${missing} nicht gefunden und niemanden entfernt: Sie entscheiden, ob sie gehen.`,
    toRemoval: 'Ansehen, was entfernt würde',
    toSyncs: 'Zu den Abgleichen',
    syncFailed: (why) => `Der letzte Abgleich ist fehlgeschlagen: ${why}`,
    faults: (faults, failing) =>
      failing === undefined
        ? `Der Connector arbeitet, aber ${faults === 1 ? 'ein Fehler wurde' : `${faults} Fehler wurden`} gefunden.`
        : `Der Connector arbeitet, aber wegen ${faults === 1 ? 'eines Fehlers' : `${faults} Fehlern`} können ${failing} nicht telefonieren.`,
    toDiagnosis: 'Ansehen, was zu tun ist',
    firstSync: 'Beide Seiten sind autorisiert; der erste Abgleich bringt die Benutzer.',
    well: (synced) => `Alles funktioniert; zuletzt wurde ${synced} abgeglichen.`,
    thanks: 'Die Autorisierung ist angekommen.',
    providers: { zoom: 'Zoom', cloudlink: 'CloudLink' },
  },
};
