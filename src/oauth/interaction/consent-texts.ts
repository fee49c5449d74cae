import type { Scope } from '../../access/principal';
import type { Language } from '../../platform/config/config';

interface ConsentTexts {
  title: (client: string) => string;
  signedIn: (email: string, account: string) => string;
  linkedWith: (zoomAccount: string) => string;
  notLinked: string;
  mayDo: (client: string) => string;
  scopes: Record<Scope, string>;
  agree: string;
  decline: string;
  otherPerson: string;
}

export const CONSENT_TEXTS: Record<Language, ConsentTexts> = {
  en: {
    title: (client) => `Connect ${client} with Mitel CloudLink`,
    signedIn: (email, account) => `You are signed in as ${email}, an admin of the CloudLink account ${account}.`,
    linkedWith: (zoomAccount) => `This account is linked with the Zoom account ${zoomAccount}.`,
    notLinked: 'This account is not linked with a Zoom account yet.',
    mayDo: (client) => `${client} will be able to:`,
    scopes: {
      'status:read': 'see the users of this account who have a Mitel phone, and the status of their phones',
      'credentials:read': 'receive the SIP credentials of these users as hashes, never a password',
      'registrations:write': 'report which phones are registered, and with which errors',
      'sync:run': 'start a synchronisation of the users',
      'connector:manage': 'change the settings of this connection, and end it',
      'audit:read': 'read the record of who has done what',
    },
    agree: 'Connect',
    decline: 'Cancel',
    otherPerson: 'This is not the right account: sign in with another one',
  },
  de: {
    title: (client) => `${client} mit Mitel CloudLink verbinden`,
    signedIn: (email, account) => `Sie sind angemeldet als ${email}, Administrator des CloudLink-Kontos ${account}.`,
    linkedWith: (zoomAccount) => `Dieses Konto ist mit dem Zoom-Konto ${zoomAccount} verknüpft.`,
    notLinked: 'Dieses Konto ist noch mit keinem Zoom-Konto verknüpft.',
    mayDo: (client) => `${client} kann dann:`,
    scopes: {
      'status:read': 'die Benutzer dieses Kontos mit einem Mitel-Telefon sehen, und den Status ihrer Telefone',
      'credentials:read': 'die SIP-Zugangsdaten dieser Benutzer als Hash erhalten, nie ein Passwort',
      'registrations:write': 'melden, welche Telefone registriert sind und mit welchen Fehlern',
      'sync:run': 'einen Abgleich der Benutzer starten',
      'connector:manage': 'die Einstellungen dieser Verbindung ändern und sie beenden',
      'audit:read': 'das Protokoll lesen, wer was getan hat',
    },
    agree: 'Verbinden',
    decline: 'Abbrechen',
    otherPerson: 'Das ist nicht das richtige Konto: mit einem anderen anmelden',
  },
};
