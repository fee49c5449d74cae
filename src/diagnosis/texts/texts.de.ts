import type { CauseFacts, DiagnosisTexts } from './text-shape';

/** Targets are named without an article, so that one form fits every sentence: „SBC sbc.example.com:5061“. */
const target = (facts: CauseFacts): string => facts.target ?? 'Ziel';
const device = ({ platform }: CauseFacts): string =>
  platform === 'mobile' ? 'Mobil-App' : platform === 'desktop' ? 'Desktop-App' : 'App';

export const german: DiagnosisTexts = {
  causes: {
    registrar_lost_users: () => ({
      title: 'Der Registrar weist plötzlich Benutzer ab, die er kannte',
      nextStep:
        'Suchen Sie beim SBC, nicht bei den Benutzern: Hat er die Verbindung zu seiner Benutzerdatenbank oder zur Telefonanlage verloren, oder wurde seine Konfiguration neu geladen? Die Hashes müssen nicht neu synchronisiert werden.',
    }),
    certificate_expired: (facts) => ({
      title: `${target(facts)}: Das Zertifikat ist abgelaufen`,
      nextStep:
        'Spielen Sie dort ein neues Zertifikat ein. Die Apps verbinden sich binnen weniger Minuten von selbst wieder.',
    }),
    certificate_not_yet_valid: (facts) => ({
      title: `${target(facts)}: Das Zertifikat gilt noch nicht`,
      nextStep: 'Vergleichen Sie die Uhr des SBC mit dem Beginn des Zertifikats, und stellen Sie sie richtig.',
    }),
    certificate_untrusted: (facts) => ({
      title: `${target(facts)}: Der Aussteller des Zertifikats ist nicht vertrauenswürdig`,
      nextStep:
        'Sendet der SBC auch die Zwischenzertifikate? Bei einer eigenen Zertifizierungsstelle geben Sie deren CA-Zertifikat an diesen Connector (connectors set-ca) und an die Geräte.',
    }),
    certificate_name_mismatch: (facts) => ({
      title: `${target(facts)}: Das Zertifikat ist für einen anderen Namen oder eine andere Adresse ausgestellt`,
      nextStep:
        'Lassen Sie ein Zertifikat ausstellen, das den Namen oder die IP-Adresse enthält, unter der CloudLink dieses Ziel an die Apps gibt, oder tragen Sie in CloudLink den Namen aus dem Zertifikat ein.',
    }),
    client_certificate_required: (facts) => ({
      title: `${target(facts)} verlangt ein Client-Zertifikat`,
      nextStep:
        'Die Apps haben keines. Schalten Sie die Prüfung von Client-Zertifikaten an der Schnittstelle des SBC ab, an der sich die Apps anmelden.',
    }),
    target_down: (facts) => ({
      title: `${target(facts)} ist nicht erreichbar`,
      nextStep: 'Läuft der SBC, lauscht er an diesem Port, und stimmen Name und Adresse in CloudLink noch?',
    }),
    target_silent: (facts) => ({
      title: `${target(facts)} antwortet nicht`,
      nextStep:
        'Suchen Sie nach einer Firewall, die Pakete verwirft, und prüfen Sie, ob der SIP-Dienst hängt; starten Sie ihn dann neu.',
    }),
    target_wrong_port: (facts) => ({
      title: `${target(facts)} spricht nicht, was CloudLink angibt`,
      nextStep:
        'Vergleichen Sie Port und Transport dieses Ziels in CloudLink mit dem SBC: SIP über TLS hat meist 5061, ohne TLS 5060.',
    }),
    registrar_overloaded: (facts) => ({
      title: `${target(facts)} ist überlastet oder wird gewartet`,
      nextStep:
        'Prüfen Sie seine Last und die Grenzen für Anmeldungen und Lizenzen. Die Apps versuchen es von selbst wieder.',
    }),
    registrar_failed: (facts) => ({
      title: `${target(facts)} meldet einen eigenen Fehler`,
      nextStep: 'Sehen Sie im Protokoll des SBC nach, und prüfen Sie die Verbindung vom SBC zur Telefonanlage.',
    }),
    realm_mismatch: () => ({
      title: 'Der Hash wurde für einen anderen Realm gebildet, als der Registrar verlangt',
      nextStep:
        'Stellen Sie am SBC und in CloudLink denselben Realm ein, lassen Sie die Zugangsdaten neu bilden, und synchronisieren Sie danach.',
    }),
    algorithm_not_offered: () => ({
      title: 'Der Registrar verlangt ein Hash-Verfahren, das CloudLink nicht geliefert hat',
      nextStep:
        'Lassen Sie den SBC auch das Verfahren des Hashs anbieten (RFC 8760), oder CloudLink das andere liefern, und synchronisieren Sie danach.',
    }),
    hash_refused: () => ({
      title: 'Der Registrar weist die SIP-Zugangsdaten ab',
      nextStep:
        'Wurde das Kennwort in der Telefonanlage geändert? Synchronisieren Sie diesen Benutzer erneut. Hilft das nicht, vergleichen Sie Benutzername und Realm in CloudLink und Telefonanlage; viele Registrare antworten einem unbekannten Benutzer genauso.',
    }),
    user_unknown: () => ({
      title: 'Der Registrar kennt den Benutzer nicht',
      nextStep: 'Ist die Rufnummer in der Telefonanlage und auf diesem SBC eingerichtet, und stimmt die Domäne?',
    }),
    licence_missing: () => ({
      title: 'Eine Lizenz fehlt',
      nextStep:
        'Der Benutzer braucht in CloudLink Mitel ZoomPSI oder Hybrid, und je Gerät eine Teleworker-Lizenz: zwei für Desktop und Mobil.',
    }),
    push_not_supported: () => ({
      title: 'Nur Mobil-Apps werden abgewiesen: Push ist auf dem SBC nicht eingerichtet',
      nextStep:
        'Richten Sie auf dem SBC Push-Benachrichtigungen (RFC 8599) für Zoom ein; bis dahin können sich Mobil-Apps nicht anmelden.',
    }),
    app_credential_outdated: (facts) => ({
      title: `Die ${device(facts)} verwendet veraltete Zugangsdaten`,
      nextStep:
        'Der Registrar nimmt den hier gespeicherten Hash an. Lassen Sie den Benutzer sich in Zoom Workplace ab- und wieder anmelden.',
    }),
    app_cannot_reach_target: (facts) => ({
      title: `Die ${device(facts)} erreicht ein Ziel nicht, das arbeitet: ${target(facts)}`,
      nextStep:
        'Prüfen Sie das Netz, in dem der Benutzer ist: Lässt seine Firewall SIP über TLS hinaus, und vertraut das Gerät dem Zertifikat des SBC?',
    }),
    registered_not_reachable: () => ({
      title: 'Registriert, aber jetzt nicht erreichbar',
      nextStep:
        'Anrufe kommen erst wieder an, wenn sich die App neu anmeldet. Verliert der SBC Anmeldungen, etwa bei einem Neustart oder wenn eine Verbindung abbricht?',
    }),
    unexplained: (facts) => ({
      title: `Die ${device(facts)} konnte sich nicht anmelden`,
      nextStep: 'Lesen Sie unten, was der Code besagt, und sehen Sie im Protokoll des SBC zu dieser Zeit nach.',
    }),
    certificate_expiring: (facts) => ({
      title: `${target(facts)}: Das Zertifikat läuft bald ab`,
      nextStep: 'Spielen Sie vorher ein neues Zertifikat ein; danach kann sich dort niemand mehr anmelden.',
    }),
    sync_stale: () => ({
      title: 'Zoom und CloudLink wurden lange nicht gelesen',
      nextStep:
        'Muss ein Administrator neu autorisieren? Sehen Sie den Zustand des Connectors und die letzten Läufe an.',
    }),
    credential_pending: () => ({
      title: 'CloudLink hat noch keine SIP-Zugangsdaten übergeben',
      nextStep: 'Autorisieren Sie die Benutzer in CloudLink für Zoom, und prüfen Sie, ob sie ihre Lizenzen haben.',
    }),
  },
  roles: { sbc: 'SBC', backup_sbc: 'Backup-SBC', pbx: 'Telefonanlage' },
  probe: {
    dns_failed: 'Sein Name lässt sich nicht auflösen.',
    address_refused: 'Zu seiner Adresse baut dieser Dienst keine Verbindungen auf.',
    connect_refused: 'Der Port ist geschlossen: Die Verbindung wurde abgewiesen.',
    connect_timeout: 'Es kommt keine Verbindung zustande: An Adresse und Port antwortet nichts.',
    connect_failed: 'Es kommt keine Verbindung zustande: Das Netz meldet einen Fehler.',
    tls_timeout: 'Der Port ist offen, aber der TLS-Handshake bleibt ohne Antwort.',
    tls_failed: 'Der TLS-Handshake scheitert.',
    client_certificate_required: 'Es hat abgebrochen, weil kein Client-Zertifikat gezeigt wurde.',
    port_is_plain: 'Der Port spricht SIP ohne TLS.',
    port_is_tls: 'Der Port verlangt TLS.',
    certificate_expired: 'Es zeigt ein abgelaufenes Zertifikat.',
    certificate_not_yet_valid: 'Es zeigt ein Zertifikat, das noch nicht gilt.',
    certificate_untrusted: 'Es zeigt ein Zertifikat, dessen Kette bei keinem vertrauten Aussteller endet.',
    certificate_name_mismatch: 'Es zeigt ein Zertifikat, in dem dieser Name oder diese Adresse nicht steht.',
    certificate_expiring: 'Es arbeitet; sein Zertifikat endet bald.',
    sip_silent: 'Die Verbindung steht, aber eine SIP-Anfrage bleibt ohne Antwort.',
    sip_closed: 'Es schließt die Verbindung, statt eine SIP-Anfrage zu beantworten.',
    not_sip: 'Es antwortet mit etwas, das kein SIP ist.',
    sip_overloaded: 'Es antwortet 503: in Betrieb, aber jetzt nicht zu benutzen.',
  },
  registrar: (result) =>
    result === 'accepted'
      ? 'Der Registrar nimmt den gespeicherten Hash an.'
      : `Der Registrar wurde mit dem gespeicherten Hash gefragt; Ergebnis: ${result}.`,
  reported: ({ code, phrase, made }) =>
    made === 'registrar'
      ? `Der Registrar hat der App geantwortet: ${code} ${phrase}.`
      : `Die App meldet ${code} ${phrase}; das hat sie selbst gesetzt, eine SIP-Antwort kam nicht.`,
  looked: (at, since) => `Unser eigener Blick auf ${at} zeigt das seit ${since}.`,
  certificateUntil: (time) => `Das Zertifikat gilt bis ${time}.`,
  lostLately: (users) =>
    `Binnen einer halben Stunde wurden ${users} Benutzer abgewiesen, die vorher registriert waren.`,
  licences: (teleworker) => `Teleworker-Lizenzen: ${teleworker}.`,
  noPsiLicence: 'Weder ZoomPSI noch Hybrid ist zugewiesen.',
  bindings: (count) => `Der Registrar kennt ${count} ${count === 1 ? 'Gerät' : 'Geräte'}.`,
  lastRead: (time) => `Zuletzt gelesen: ${time}.`,
  neverRead: 'Noch nie gelesen.',
};
