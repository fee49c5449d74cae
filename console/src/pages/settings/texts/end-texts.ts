import type { Texts } from '../../../language/language';

interface EndTexts {
  serviceClient: {
    title: string;
    purpose: string;
    inUse: string;
    notInUse: string;
    notLinked: string;
    switchOn: string;
    renew: string;
    switchOff: string;
    switchOffTitle: string;
    switchOffText: string;
    on: string;
    renewed: string;
    off: string;
  };
  disconnect: {
    title: string;
    purpose: string;
    begin: string;
    modalTitle: string;
    means: readonly string[];
    type: (word: string) => string;
    /** Where the connector has no name. */
    word: string;
    confirm: string;
    done: string;
    doneLater: string;
  };
}

export const END_TEXTS: Texts<EndTexts> = {
  en: {
    serviceClient: {
      title: 'Service client at CloudLink',
      purpose:
        'Lets this service work at CloudLink as a client of the account instead of in the name of an admin, so that nobody’s departure touches it.',
      inUse: 'A service client is in use. The admins’ authorisations stand by.',
      notInUse: 'This service works in the name of an admin.',
      notLinked: 'CloudLink is not authorised yet.',
      switchOn: 'Use a service client',
      renew: 'Renew its secret',
      switchOff: 'Back to an admin',
      switchOffTitle: 'Work in the name of an admin again?',
      switchOffText:
        'The service client is deleted at CloudLink, and an admin’s authorisation that stands by takes over. When that admin leaves, somebody has to authorise again.',
      on: 'The service client is in use now.',
      renewed: 'The secret is renewed.',
      off: 'An admin’s authorisation is in use now.',
    },
    disconnect: {
      title: 'Disconnect',
      purpose: 'Ends the link between Zoom and CloudLink for good. This cannot be undone.',
      begin: 'Disconnect …',
      modalTitle: 'Disconnect Zoom from CloudLink?',
      means: [
        'All users lose their SIP credentials, and the Phone tab at Zoom stops being a telephone of your Mitel system.',
        'All authorisations are revoked, and the app is removed from the Zoom account.',
        'All keys are destroyed: the same accounts would have to be linked anew. The audit stays.',
      ],
      type: (word) => `Type “${word}” to confirm`,
      word: 'disconnect',
      confirm: 'Disconnect for good',
      done: 'Zoom and CloudLink are disconnected.',
      doneLater:
        'Zoom and CloudLink are disconnected. Zoom could not be reached yet; the app is removed there as soon as it can.',
    },
  },
  de: {
    serviceClient: {
      title: 'Dienst-Client bei CloudLink',
      purpose:
        'Damit arbeitet dieser Dienst bei CloudLink als Client des Kontos statt im Namen eines Administrators, sodass niemandes Weggang ihn berührt.',
      inUse: 'Ein Dienst-Client wird benutzt. Die Autorisierungen der Administratoren stehen bereit.',
      notInUse: 'Dieser Dienst arbeitet im Namen eines Administrators.',
      notLinked: 'CloudLink ist noch nicht autorisiert.',
      switchOn: 'Dienst-Client benutzen',
      renew: 'Geheimnis erneuern',
      switchOff: 'Zurück zu einem Administrator',
      switchOffTitle: 'Wieder im Namen eines Administrators arbeiten?',
      switchOffText:
        'Der Dienst-Client wird bei CloudLink gelöscht, und eine bereitstehende Autorisierung eines Administrators übernimmt. Geht dieser, muss jemand neu autorisieren.',
      on: 'Der Dienst-Client wird jetzt benutzt.',
      renewed: 'Das Geheimnis ist erneuert.',
      off: 'Jetzt wird die Autorisierung eines Administrators benutzt.',
    },
    disconnect: {
      title: 'Trennen',
      purpose: 'Beendet die Verbindung zwischen Zoom und CloudLink endgültig. Das lässt sich nicht rückgängig machen.',
      begin: 'Trennen …',
      modalTitle: 'Zoom von CloudLink trennen?',
      means: [
        'Alle Benutzer verlieren ihre SIP-Zugangsdaten, und der Telefon-Reiter von Zoom ist kein Telefon Ihrer Mitel-Anlage mehr.',
        'Alle Autorisierungen werden widerrufen, und die App wird aus dem Zoom-Konto entfernt.',
        'Alle Schlüssel werden vernichtet: Dieselben Konten müssten neu verknüpft werden. Das Protokoll bleibt.',
      ],
      type: (word) => `Geben Sie zur Bestätigung „${word}“ ein`,
      word: 'trennen',
      confirm: 'Endgültig trennen',
      done: 'Zoom und CloudLink sind getrennt.',
      doneLater:
        'Zoom und CloudLink sind getrennt. Zoom war noch nicht erreichbar; die App wird dort entfernt, sobald es geht.',
    },
  },
};
