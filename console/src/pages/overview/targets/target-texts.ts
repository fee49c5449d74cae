import type { Texts } from '../../../language/language';
import type { Target } from '../types';

interface TargetTexts {
  title: string;
  none: string;
  roles: Record<Target['role'], string>;
  states: Record<Target['state'], string>;
  reasons: Record<string, string>;
  users: (users: string) => string;
  certificate: (days: number) => string;
  certificateOver: string;
  neverChecked: string;
  checked: (when: string) => string;
  checkNow: string;
  checkNowAt: (target: string) => string;
  checkedNow: (target: string, state: string) => string;
}

export const TARGET_TEXTS: Texts<TargetTexts> = {
  en: {
    title: 'Registration targets',
    none: 'No targets yet: they come from CloudLink with the users.',
    roles: { sbc: 'SBC', backup_sbc: 'Backup SBC', pbx: 'PBX' },
    states: { ok: 'Reachable', degraded: 'Reachable, but not for long', down: 'Not usable', unknown: 'Not known' },
    reasons: {
      dns_failed: 'Its name cannot be resolved.',
      address_refused: 'Its address is one to which this service opens no connections.',
      connect_refused: 'The port is closed: the connection was refused.',
      connect_timeout: 'Nothing answers at this address and port.',
      connect_failed: 'No connection comes about: the network reports a fault.',
      tls_timeout: 'The port is open, but the TLS handshake gets no answer.',
      tls_failed: 'The TLS handshake fails.',
      client_certificate_required: 'It demands a client certificate, which apps do not have.',
      port_is_plain: 'The port speaks SIP without TLS.',
      port_is_tls: 'The port demands TLS.',
      certificate_expired: 'Its certificate has expired.',
      certificate_not_yet_valid: 'Its certificate is not valid yet.',
      certificate_untrusted: 'The chain of its certificate ends at no trusted authority.',
      certificate_name_mismatch: 'Its certificate does not hold this name or address.',
      certificate_expiring: 'Its certificate ends soon.',
      sip_silent: 'The connection stands, but a SIP request gets no answer.',
      sip_closed: 'It closes the connection instead of answering a SIP request.',
      not_sip: 'It answers in something that is not SIP.',
      sip_overloaded: 'It answers 503: alive, but not to be used now.',
    },
    users: (users) => `used by ${users}`,
    certificate: (days) => (days === 1 ? 'certificate valid for 1 day' : `certificate valid for ${days} days`),
    certificateOver: 'certificate expired',
    neverChecked: 'not checked yet',
    checked: (when) => `checked ${when}`,
    checkNow: 'Check now',
    checkNowAt: (target) => `Check now: ${target}`,
    checkedNow: (target, state) => `${target} was checked: ${state}.`,
  },
  de: {
    title: 'Registrierungsziele',
    none: 'Noch keine Ziele: Sie kommen mit den Benutzern aus CloudLink.',
    roles: { sbc: 'SBC', backup_sbc: 'Backup-SBC', pbx: 'Telefonanlage' },
    states: {
      ok: 'Erreichbar',
      degraded: 'Erreichbar, aber nicht mehr lange',
      down: 'Nicht nutzbar',
      unknown: 'Nicht bekannt',
    },
    reasons: {
      dns_failed: 'Sein Name lässt sich nicht auflösen.',
      address_refused: 'Zu seiner Adresse baut dieser Dienst keine Verbindungen auf.',
      connect_refused: 'Der Port ist geschlossen: Die Verbindung wurde abgewiesen.',
      connect_timeout: 'An Adresse und Port antwortet nichts.',
      connect_failed: 'Es kommt keine Verbindung zustande: Das Netz meldet einen Fehler.',
      tls_timeout: 'Der Port ist offen, aber der TLS-Handshake bleibt ohne Antwort.',
      tls_failed: 'Der TLS-Handshake scheitert.',
      client_certificate_required: 'Es verlangt ein Client-Zertifikat, das die Apps nicht haben.',
      port_is_plain: 'Der Port spricht SIP ohne TLS.',
      port_is_tls: 'Der Port verlangt TLS.',
      certificate_expired: 'Sein Zertifikat ist abgelaufen.',
      certificate_not_yet_valid: 'Sein Zertifikat gilt noch nicht.',
      certificate_untrusted: 'Die Kette seines Zertifikats endet bei keinem vertrauten Aussteller.',
      certificate_name_mismatch: 'In seinem Zertifikat steht dieser Name oder diese Adresse nicht.',
      certificate_expiring: 'Sein Zertifikat endet bald.',
      sip_silent: 'Die Verbindung steht, aber eine SIP-Anfrage bleibt ohne Antwort.',
      sip_closed: 'Es schließt die Verbindung, statt eine SIP-Anfrage zu beantworten.',
      not_sip: 'Es antwortet mit etwas, das kein SIP ist.',
      sip_overloaded: 'Es antwortet 503: in Betrieb, aber jetzt nicht zu benutzen.',
    },
    users: (users) => `für ${users}`,
    certificate: (days) => (days === 1 ? 'Zertifikat noch 1 Tag gültig' : `Zertifikat noch ${days} Tage gültig`),
    certificateOver: 'Zertifikat abgelaufen',
    neverChecked: 'noch nicht geprüft',
    checked: (when) => `geprüft ${when}`,
    checkNow: 'Jetzt prüfen',
    checkNowAt: (target) => `Jetzt prüfen: ${target}`,
    checkedNow: (target, state) => `${target} wurde geprüft: ${state}.`,
  },
};
