import type { SipText, SipTexts } from './sip-texts';

/** For codes that belong to calls, messages or subscriptions. */
const notForRegister = (meaning: string): SipText => ({
  meaning,
  check:
    'Ein Registrar hat keinen Grund, eine Anmeldung mit diesem Code zu beantworten. Sehen Sie nach, welche Regel des SBC ihn setzt.',
});

export const GERMAN: SipTexts = {
  codes: {
    300: {
      meaning: 'Der Server bietet mehrere Adressen an und überlässt der App die Wahl.',
      check: 'Das Ziel ist womöglich ein Redirect-Server. Tragen Sie in CloudLink den SBC selbst als Ziel ein.',
    },
    301: {
      meaning: 'Der Registrar ist dauerhaft umgezogen; die neue Adresse steht im Contact-Header seiner Antwort.',
      check: 'Tragen Sie die neue Adresse des SBC in CloudLink ein und synchronisieren Sie danach.',
    },
    302: {
      meaning: 'Der Registrar verweist die App vorübergehend an eine andere Adresse.',
      check:
        'Prüfen Sie, ob der SBC gerade leer gefahren oder gewartet wird. Viele Apps folgen dieser Antwort nicht und bleiben einfach offline.',
    },
    305: {
      meaning: 'Der Server ist nur über einen Proxy erreichbar, den seine Antwort nennt.',
      check: 'Ziel sollte der SBC sein. Zeigen die Ziele direkt auf die Telefonanlage, berichtigen Sie sie.',
    },
    380: notForRegister('Die Anfrage ist gescheitert, und der Server schlägt einen anderen Dienst vor.'),
    400: {
      meaning: 'Der Server konnte die Anmeldung nicht auswerten.',
      check:
        'Suchen Sie nach ungewöhnlichen Zeichen im SIP-Benutzernamen, nach einem sehr langen Contact (Push-Daten mobiler Apps) und nach einer veralteten App.',
    },
    401: {
      meaning: 'Der Registrar hat die SIP-Zugangsdaten nicht angenommen.',
      check:
        'Vergleichen Sie Benutzername, Realm und Hash-Verfahren mit der Telefonanlage; wurde dort das Kennwort geändert, synchronisieren Sie erneut. Unbekannte Benutzer bekommen meist dieselbe Antwort. Trifft es viele auf einmal, hat der SBC wahrscheinlich seine Benutzerdatenbank verloren.',
    },
    402: notForRegister('Dieser Code ist für später vorbehalten und hat keine vereinbarte Bedeutung.'),
    403: {
      meaning: 'Der Registrar hat die Anmeldung verstanden und verbietet sie. Ein neuer Versuch ändert daran nichts.',
      check:
        'Prüfen Sie die Teleworker-Lizenz, ob sich der Benutzer aus diesem Netz anmelden darf, ob der Digest-Benutzername zur Rufnummer passt, und die Regeln des SBC für Client-Zertifikate. Strenge SBCs antworten so auch auf einen falschen Hash.',
    },
    404: {
      meaning: 'Der Registrar kennt diesen Benutzer oder diese Domäne nicht.',
      check:
        'Stellen Sie sicher, dass die Rufnummer in der Telefonanlage und auf diesem SBC eingerichtet ist und dass er die SIP-Domäne bedient.',
    },
    405: {
      meaning: 'Diese Schnittstelle des Servers nimmt keine Anmeldungen an.',
      check:
        'Schalten Sie die Registrierung an dieser Schnittstelle des SBC frei, oder richten Sie das Ziel auf die Schnittstelle, die sie anbietet.',
    },
    406: {
      meaning: 'Der Server kann in keiner Form antworten, die die App annimmt.',
      check: 'Aktualisieren Sie die App; ist sie aktuell, vergleichen Sie ihren Accept-Header mit dem Profil des SBC.',
    },
    407: {
      meaning: 'Ein Proxy vor dem Registrar hat die SIP-Zugangsdaten nicht angenommen.',
      check:
        'Wie bei 401, nur müssen die Zugangsdaten zum Proxy passen: Vergleichen Sie seinen Realm mit dem synchronisierten.',
    },
    408: {
      meaning: 'Der Server hat aufgegeben, weil ein System hinter ihm nicht rechtzeitig geantwortet hat.',
      check: 'Prüfen Sie, ob der SBC überlastet ist oder hängt und ob er die Telefonanlage erreicht.',
    },
    410: {
      meaning: 'Den Benutzer gab es hier einmal; er wurde endgültig entfernt.',
      check:
        'Prüfen Sie, ob der Benutzer in der Telefonanlage gelöscht wurde. Dann nehmen Sie ihn auch aus der Integration.',
    },
    412: notForRegister('Eine Bedingung, die die Anfrage nennt, ist nicht erfüllt (Veröffentlichen der Präsenz).'),
    413: {
      meaning: 'Der Inhalt der Anfrage ist größer, als der Server annimmt.',
      check: 'Heben Sie die Größenbegrenzung des SBC für Nachrichten an, oder aktualisieren Sie die App.',
    },
    414: {
      meaning: 'Die Adresse in der Anfrage ist länger, als der Server annimmt.',
      check: 'Sehen Sie sich SIP-Domäne und Benutzernamen an, die CloudLink für den Benutzer führt.',
    },
    415: {
      meaning: 'Die Anfrage enthält Daten in einem Format, das der Server nicht liest.',
      check: 'Aktualisieren Sie die App; eine Anmeldung enthält normalerweise gar keine solchen Daten.',
    },
    416: {
      meaning: 'Mit dieser Art von Adresse kann der Server nichts anfangen.',
      check: 'Die Adresse muss mit sip: beginnen. Manche Server lehnen sips: und tel: ab.',
    },
    417: notForRegister('Der Server kennt die Priorität nicht, die die Anfrage für sich beansprucht.'),
    420: {
      meaning: 'Die App besteht auf einer SIP-Erweiterung, die der Server nicht hat.',
      check:
        'Der Unsupported-Header der Antwort nennt sie. Aktualisieren Sie den SBC, oder schalten Sie die Erweiterung ab.',
    },
    421: {
      meaning: 'Der Server besteht auf einer SIP-Erweiterung, die die App nicht anbietet.',
      check:
        'Der Require-Header nennt sie. Suchen Sie im Profil des SBC nach erzwungenem outbound, path oder sec-agree.',
    },
    422: notForRegister('Der gewünschte Session-Timer liegt unter dem Mindestwert (Gespräche).'),
    423: {
      meaning: 'Die App wollte sich für kürzere Zeit anmelden, als der Registrar zulässt.',
      check:
        'Apps wiederholen die Anmeldung meist selbst mit dem Mindestwert. Bleibt der Fehler, senken Sie den Mindestwert am SBC.',
    },
    424: notForRegister('Die mitgeschickten Standortdaten sind nicht verwendbar (Notruf).'),
    425: notForRegister('Die mitgeschickten Notrufdaten sind nicht verwendbar.'),
    428: notForRegister('Der Server verlangt eine signierte Identität des Anrufers.'),
    429: notForRegister('Der Server verlangt einen Nachweis, wer den Anruf weitergeleitet hat.'),
    430: {
      meaning: 'Die Verbindung, über die der SBC die App kannte, ist nicht mehr brauchbar.',
      check:
        'Die App verbindet sich von selbst neu. Tritt es wiederholt auf, prüfen Sie die Umschaltung zwischen den SBCs und die Leerlaufzeiten der Firewalls.',
    },
    433: notForRegister('Der Server nimmt keine anonymen Anfragen an.'),
    436: notForRegister('Das Zertifikat zu einer signierten Identität lässt sich nicht abrufen.'),
    437: notForRegister('Das Zertifikat zu einer signierten Identität lässt sich nicht prüfen.'),
    438: notForRegister('Die Signatur der Identität ist ungültig.'),
    439: {
      meaning: 'Der Registrar braucht SIP Outbound, und die erste Station beherrscht es nicht.',
      check:
        'Schalten Sie Outbound (RFC 5626) am SBC ein, oder sorgen Sie dafür, dass der Registrar es nicht verlangt.',
    },
    440: {
      meaning: 'Die Anfrage wurde in mehr Zweige aufgeteilt, als erlaubt sind.',
      check: 'Suchen Sie am SBC nach Weiterleitungsregeln, die Anfragen vervielfachen.',
    },
    469: notForRegister('Der Server kennt diese Art von INFO-Nachricht nicht.'),
    470: notForRegister('Der Empfänger muss zustimmen, bevor diese Anfrage zugestellt wird.'),
    480: {
      meaning: 'Der Benutzer ist bekannt, der Server kann ihn im Moment aber nicht bedienen.',
      check: 'Prüfen Sie, ob der SBC die Telefonanlage erreicht und ob der Benutzer dort gesperrt ist.',
    },
    481: {
      meaning: 'Der Server weiß nichts von dem Vorgang, zu dem die Anfrage gehört.',
      check: 'Nach einem Neustart des SBC üblich. Eine neue Anmeldung behebt es.',
    },
    482: {
      meaning: 'Die Anmeldung ist bei einem Server wieder angekommen, den sie schon passiert hatte.',
      check: 'Suchen Sie nach einem Kreis im Routing zwischen SBC, Backup-SBC und Telefonanlage.',
    },
    483: {
      meaning: 'Die Anmeldung lief über mehr Server, als sie darf.',
      check: 'Fast immer ein Kreis im Routing zwischen SBC und Telefonanlage.',
    },
    484: {
      meaning: 'Der Rufnummer in der Adresse fehlen Ziffern.',
      check:
        'Vergleichen Sie den SIP-Benutzernamen mit der vollständigen Rufnummer in der Telefonanlage, mit Länder- und Ortsvorwahl.',
    },
    485: {
      meaning: 'Die Adresse passt auf mehr als einen Benutzer.',
      check: 'Suchen Sie in der Telefonanlage nach einem zweiten Benutzer mit derselben Rufnummer.',
    },
    486: notForRegister('Der Benutzer telefoniert gerade.'),
    487: notForRegister('Die Anfrage wurde zurückgezogen, bevor sie beantwortet war.'),
    488: {
      meaning: 'Der SBC nimmt nicht an, was die App anbietet; ein Warning-Header sagt womöglich, was ihn stört.',
      check: 'Vergleichen Sie die TLS- und SRTP-Vorgaben im Profil des SBC mit dem Transport des Ziels.',
    },
    489: notForRegister('Der Server kennt das Ereignis nicht, das die App abonnieren will.'),
    491: {
      meaning: 'Eine frühere Anfrage dieser App ist noch in Arbeit.',
      check: 'Das gibt sich von selbst. Wenn nicht, antwortet der SBC zu langsam.',
    },
    493: notForRegister('Der Server kann den Inhalt der Anfrage nicht entschlüsseln.'),
    494: {
      meaning: 'Der Server will zuerst die Sicherheit aushandeln (sec-agree); das tut diese App nicht.',
      check: 'Schalten Sie sec-agree im Profil des SBC für diese Benutzer ab.',
    },
    500: {
      meaning: 'Im SBC oder in der Telefonanlage dahinter ist ein eigener Fehler aufgetreten.',
      check:
        'Lesen Sie das Protokoll des SBC zur Zeit der Meldung. Kommt der Fehler wieder, starten Sie ihn neu oder aktualisieren Sie ihn.',
    },
    501: {
      meaning: 'Der Server weiß nicht, was eine Anmeldung ist.',
      check: 'Stellen Sie sicher, dass der Port des Ziels zu einem SIP-Registrar gehört.',
    },
    502: {
      meaning: 'Der SBC hat von dem Server hinter ihm eine unbrauchbare Antwort bekommen.',
      check: 'Prüfen Sie die Strecke vom SBC zur Telefonanlage.',
    },
    503: {
      meaning:
        'Der SBC hat die Anmeldung abgewiesen, weil er überlastet ist, gewartet wird oder eine Grenze erreicht hat.',
      check: 'Prüfen Sie die Last des SBC, seine Lizenzen und wie viele Geräte ein Benutzer anmelden darf.',
    },
    504: {
      meaning: 'Der SBC hat vergeblich auf den Server hinter ihm gewartet.',
      check: 'Prüfen Sie die Strecke vom SBC zur Telefonanlage und die Namensauflösung auf dem SBC.',
    },
    505: {
      meaning: 'Der Server spricht diese Version von SIP nicht.',
      check: 'Stellen Sie sicher, dass der Port des Ziels ein SIP-Port ist.',
    },
    513: {
      meaning: 'Die Anmeldung ist insgesamt größer, als der Server annimmt.',
      check: 'Meist liegt es an langen Push-Daten mobiler Apps. Heben Sie die Größenbegrenzung des SBC an.',
    },
    555: {
      meaning: 'Der SBC kann Apps über den Push-Dienst dieser App nicht wecken.',
      check: 'Richten Sie am SBC Push für Zoom ein. Desktop-Apps sind nicht betroffen.',
    },
    580: notForRegister('Eine Bedingung für die Sprachdaten eines Gesprächs ist nicht erfüllt.'),
    600: notForRegister('Der Benutzer ist an allen Geräten besetzt.'),
    603: {
      meaning: 'Die Anmeldung wurde für jeden Ort abgelehnt.',
      check: 'Suchen Sie im SBC nach einer Sperrregel und lesen Sie sein Protokoll.',
    },
    604: {
      meaning: 'Kein Server kennt diesen Benutzer.',
      check: 'Prüfen Sie, ob der Benutzer in der Telefonanlage gelöscht wurde und ob die SIP-Domäne stimmt.',
    },
    606: {
      meaning: 'Kein Server nimmt an, was die App anbietet.',
      check: 'Vergleichen Sie die Medien- und Sicherheitsregeln im Profil des SBC mit dem, was die App kann.',
    },
    607: notForRegister('Der Angerufene wünscht keine Anrufe von diesem Anrufer.'),
    608: notForRegister('Ein Filter auf dem Weg hat den Anruf abgewiesen.'),
  },
  classes: {
    1: {
      meaning: 'Der Server bearbeitet die Anmeldung noch.',
      check: 'Warten Sie die endgültige Antwort ab. Bleibt sie aus, sehen Sie nach dem SBC.',
    },
    2: { meaning: 'Der Server hat die Anfrage angenommen.', check: 'Es ist nichts zu tun.' },
    3: {
      meaning: 'Der Server verweist die App an eine andere Adresse.',
      check: 'Stellen Sie sicher, dass die Ziele den SBC nennen, der für den Benutzer zuständig ist.',
    },
    4: {
      meaning: 'Der Server lehnt diese Anmeldung so, wie sie ist, ab.',
      check: 'Der Code gehört nicht zum Standard: Suchen Sie ihn im Handbuch und im Protokoll des SBC.',
    },
    5: {
      meaning: 'Der Server konnte die Anmeldung nicht ausführen.',
      check:
        'Der Code gehört nicht zum Standard: Suchen Sie ihn im Handbuch und im Protokoll des SBC, und prüfen Sie danach dessen Strecke zur Telefonanlage.',
    },
    6: {
      meaning: 'Kein Server wird diese Anmeldung ausführen.',
      check: 'Der Code gehört nicht zum Standard: Suchen Sie ihn im Handbuch und im Protokoll des SBC.',
    },
  },
  madeByApp: {
    408: {
      meaning: 'Diesen Code hat die App selbst gesetzt, nicht der SBC: Auf ihre Anmeldung kam keinerlei Antwort.',
      check:
        'Prüfen Sie den Weg zum SBC: Stimmt der Port des Ziels, und ist er in jeder Firewall offen? Wird ein TLS-Port mit TLS angesprochen? Läuft der SBC, ohne zu hängen?',
    },
    503: {
      meaning: 'Diesen Code hat die App selbst gesetzt, nicht der SBC: Sie konnte keine Verbindung zum Ziel aufbauen.',
      check:
        'Prüfen Sie Port und Zertifikat: Ist der Port offen? Ist das Zertifikat des SBC noch gültig, auf Namen oder Adresse des Ziels ausgestellt und von einer Stelle signiert, der die App vertraut? Verlangt der SBC ein Client-Zertifikat?',
    },
  },
  withoutAnswer: {
    meaning: 'Diesen Code hat die App selbst gesetzt, nicht der SBC: Es gab keine SIP-Antwort.',
    check: 'Prüfen Sie Namensauflösung, Port und Zertifikat des Ziels, bevor Sie den SBC selbst untersuchen.',
  },
};
