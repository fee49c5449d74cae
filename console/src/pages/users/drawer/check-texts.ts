import type { components } from '../../../api/schema';
import type { Texts } from '../../../language/language';

export type CheckResult = components['schemas']['RegistrarCheckDto']['result'];

interface CheckTexts {
  title: string;
  check: string;
  checking: string;
  why: string;
  results: Record<CheckResult, string>;
  answered: (code: number, phrase: string) => string;
  offered: string;
  attempts: string;
  bindings: string;
  noBindings: string;
  expires: (seconds: string) => string;
}

export const CHECK_TEXTS: Texts<CheckTexts> = {
  en: {
    title: 'Registrar',
    check: 'Check now',
    checking: 'Asking the registrar',
    why: 'Asks the registrar whether it accepts the stored hash. Nothing is changed there.',
    results: {
      accepted: 'Accepted: the stored hash is right.',
      accepted_unasked: 'Accepted, but the registrar did not ask for a credential: the hash was not tried.',
      hash_refused:
        'Hash refused: the password at the registrar is another one, or it does not know the user. Sync this user; if it stays, set the password anew in CloudLink.',
      forbidden: 'Forbidden: a wrong hash, a missing licence, or a network that the registrar does not allow.',
      user_unknown: 'The registrar does not know this user. Create the user there.',
      realm_mismatch:
        'The registrar asks in another realm than that of the credential; nothing was sent. Correct the realm on one side.',
      algorithm_not_offered:
        'The registrar asks for an algorithm of which there is no hash here; nothing was sent. Let CloudLink supply it.',
      stale_nonce:
        'The registrar called its own question out of date twice. Check again; if it stays, look at its clock.',
      interval_too_brief: 'The registrar refused the question as too brief. Look at its limits.',
      registrar_overloaded: 'The registrar is overloaded (503). Check again later.',
      registrar_failed: 'The registrar, or something behind it, does not work.',
      redirected: 'The registrar points elsewhere. Enter the new address in CloudLink.',
      refused: 'The registrar has refused for another reason.',
      dns_failed: 'The name of the target cannot be resolved.',
      address_refused: 'The address of the target is not one that may be asked from here.',
      connect_refused: 'The target refuses the connection: nothing listens on this port.',
      connect_timeout: 'The target does not answer: look for a firewall, or whether it is switched on.',
      connect_failed: 'There is no connection to the target.',
      tls_timeout: 'The target does not answer the TLS handshake.',
      tls_failed: 'The TLS handshake fails: look at versions and ciphers of the target.',
      client_certificate_required: 'The target wants a client certificate, which apps do not have.',
      certificate_expired: 'The certificate of the target has expired: nothing was sent. Renew it.',
      certificate_not_yet_valid: 'The certificate of the target is not valid yet: nothing was sent. Look at its clock.',
      certificate_untrusted:
        'Nobody trusted vouches for the certificate of the target: nothing was sent. Enter your own authority in the settings.',
      certificate_name_mismatch: 'The certificate of the target is for another name: nothing was sent.',
      port_is_plain: 'The port of the target speaks without TLS.',
      port_is_tls: 'The port of the target speaks TLS, which CloudLink does not say.',
      sip_silent: 'The target is connected but does not answer SIP.',
      sip_closed: 'The target closes the connection without a SIP answer.',
      not_sip: 'What answers there is not SIP.',
      no_targets: 'CloudLink names no target that could be asked.',
    },
    answered: (code, phrase) => `Answer: ${code} ${phrase}`,
    offered: 'It offers',
    attempts: 'Asked in this order',
    bindings: 'Devices that are registered there now',
    noBindings: 'No device is registered there now.',
    expires: (seconds) => `${seconds} seconds left`,
  },
  de: {
    title: 'Registrar',
    check: 'Jetzt prüfen',
    checking: 'Der Registrar wird gefragt',
    why: 'Fragt den Registrar, ob er den gespeicherten Hash annimmt. Dort wird nichts geändert.',
    results: {
      accepted: 'Angenommen: Der gespeicherte Hash stimmt.',
      accepted_unasked:
        'Angenommen, aber der Registrar hat nicht nach Zugangsdaten gefragt: Der Hash wurde nicht erprobt.',
      hash_refused:
        'Hash abgewiesen: Das Kennwort am Registrar ist ein anderes, oder er kennt den Benutzer nicht. Gleichen Sie diesen Benutzer ab; bleibt es so, setzen Sie das Kennwort in CloudLink neu.',
      forbidden: 'Verboten: ein falscher Hash, eine fehlende Lizenz oder ein Netz, das der Registrar nicht zulässt.',
      user_unknown: 'Der Registrar kennt diesen Benutzer nicht. Legen Sie ihn dort an.',
      realm_mismatch:
        'Der Registrar fragt in einem anderen Realm als dem der Zugangsdaten; es wurde nichts gesendet. Berichtigen Sie den Realm auf einer Seite.',
      algorithm_not_offered:
        'Der Registrar verlangt ein Verfahren, für das es hier keinen Hash gibt; es wurde nichts gesendet. Lassen Sie ihn von CloudLink liefern.',
      stale_nonce:
        'Der Registrar nannte seine eigene Frage zweimal veraltet. Prüfen Sie noch einmal; bleibt es so, sehen Sie nach seiner Uhr.',
      interval_too_brief: 'Der Registrar hat die Frage als zu kurz abgelehnt. Sehen Sie nach seinen Grenzwerten.',
      registrar_overloaded: 'Der Registrar ist überlastet (503). Prüfen Sie später noch einmal.',
      registrar_failed: 'Der Registrar oder etwas hinter ihm arbeitet nicht.',
      redirected: 'Der Registrar verweist anderswohin. Tragen Sie die neue Adresse in CloudLink ein.',
      refused: 'Der Registrar hat aus einem anderen Grund abgelehnt.',
      dns_failed: 'Der Name des Ziels lässt sich nicht auflösen.',
      address_refused: 'Die Adresse des Ziels darf von hier aus nicht gefragt werden.',
      connect_refused: 'Das Ziel weist die Verbindung ab: An diesem Port lauscht nichts.',
      connect_timeout: 'Das Ziel antwortet nicht: Suchen Sie nach einer Firewall, oder ob es eingeschaltet ist.',
      connect_failed: 'Es kommt keine Verbindung zum Ziel zustande.',
      tls_timeout: 'Das Ziel antwortet nicht auf den TLS-Handshake.',
      tls_failed: 'Der TLS-Handshake scheitert: Prüfen Sie Versionen und Verfahren des Ziels.',
      client_certificate_required: 'Das Ziel verlangt ein Client-Zertifikat, das die Apps nicht haben.',
      certificate_expired: 'Das Zertifikat des Ziels ist abgelaufen: Es wurde nichts gesendet. Erneuern Sie es.',
      certificate_not_yet_valid:
        'Das Zertifikat des Ziels gilt noch nicht: Es wurde nichts gesendet. Sehen Sie nach seiner Uhr.',
      certificate_untrusted:
        'Dem Aussteller des Zertifikats wird nicht vertraut: Es wurde nichts gesendet. Tragen Sie Ihre eigene Zertifizierungsstelle in den Einstellungen ein.',
      certificate_name_mismatch: 'Das Zertifikat des Ziels ist für einen anderen Namen: Es wurde nichts gesendet.',
      port_is_plain: 'Der Port des Ziels spricht ohne TLS.',
      port_is_tls: 'Der Port des Ziels spricht TLS, was CloudLink nicht angibt.',
      sip_silent: 'Das Ziel ist verbunden, antwortet aber nicht auf SIP.',
      sip_closed: 'Das Ziel schließt die Verbindung ohne SIP-Antwort.',
      not_sip: 'Was dort antwortet, ist kein SIP.',
      no_targets: 'CloudLink nennt kein Ziel, das gefragt werden könnte.',
    },
    answered: (code, phrase) => `Antwort: ${code} ${phrase}`,
    offered: 'Er bietet an',
    attempts: 'In dieser Reihenfolge gefragt',
    bindings: 'Geräte, die dort jetzt registriert sind',
    noBindings: 'Dort ist jetzt kein Gerät registriert.',
    expires: (seconds) => `noch ${seconds} Sekunden`,
  },
};
