import type { Texts } from '../../../language/language';

interface GroupTexts {
  title: string;
  purpose: string;
}

interface TelephonyTexts {
  networks: GroupTexts & {
    network: (place: number) => string;
    site: (place: number) => string;
    everySite: string;
    add: string;
    remove: (place: number) => string;
    none: string;
  };
  authorities: GroupTexts & {
    none: string;
    choose: string;
    replaces: string;
    replaceTitle: string;
    replaceText: (count: number, file: string) => string;
    replace: string;
    clear: string;
    clearTitle: string;
    clearText: string;
    saved: string;
    cleared: string;
    list: string;
    issuer: (name: string) => string;
    selfSigned: string;
    until: (date: string) => string;
    daysLeft: (days: number) => string;
    expired: string;
    fingerprint: string;
  };
}

export const TELEPHONY_TEXTS: Texts<TelephonyTexts> = {
  en: {
    networks: {
      title: 'Onsite networks',
      purpose:
        'A desktop app that asks from one of these networks is sent to the PBX directly, and to the SBC only after it. With a site, this counts only for users whose PBX is there.',
      network: (place) => `Network ${place}`,
      site: (place) => `Site of network ${place}`,
      everySite: 'Every site',
      add: 'Add a network',
      remove: (place) => `Remove network ${place}`,
      none: 'No network: every app goes by way of the SBC.',
    },
    authorities: {
      title: 'Certificate authorities',
      purpose:
        'Whom this service trusts besides the public authorities when it looks at your SBC and PBX. The apps themselves trust what their device trusts.',
      none: 'Only the public authorities are trusted.',
      choose: 'Choose a PEM file …',
      replaces: 'The file takes the place of all that are listed here.',
      replaceTitle: 'Replace the trusted authorities?',
      replaceText: (count, file) =>
        `${count === 1 ? 'The one certificate' : `The ${count} certificates`} listed here will be replaced by those in ${file}.`,
      replace: 'Replace',
      clear: 'Trust the public ones only',
      clearTitle: 'Trust the public authorities only?',
      clearText: 'Targets whose certificate comes from an authority of your own will be shown as not trusted.',
      saved: 'Saved.',
      cleared: 'Only the public authorities are trusted now.',
      list: 'Trusted authorities',
      issuer: (name) => `Issued by ${name}`,
      selfSigned: 'Issued by itself',
      until: (date) => `Valid until ${date}`,
      daysLeft: (days) => (days === 1 ? '1 day left' : `${days} days left`),
      expired: 'Expired',
      fingerprint: 'SHA-256',
    },
  },
  de: {
    networks: {
      title: 'Standortnetze',
      purpose:
        'Eine Desktop-App, die aus einem dieser Netze fragt, wird direkt an die Anlage geschickt und erst danach an den SBC. Mit einem Standort gilt das nur für Benutzer, deren Anlage dort steht.',
      network: (place) => `Netz ${place}`,
      site: (place) => `Standort von Netz ${place}`,
      everySite: 'Jeder Standort',
      add: 'Netz hinzufügen',
      remove: (place) => `Netz ${place} entfernen`,
      none: 'Kein Netz: Alle Apps gehen über den SBC.',
    },
    authorities: {
      title: 'Zertifizierungsstellen',
      purpose:
        'Wem dieser Dienst außer den öffentlichen Stellen vertraut, wenn er Ihren SBC und Ihre Anlage prüft. Die Apps selbst vertrauen dem, was auf ihrem Gerät gilt.',
      none: 'Nur den öffentlichen Stellen wird vertraut.',
      choose: 'PEM-Datei wählen …',
      replaces: 'Die Datei ersetzt alle hier aufgeführten.',
      replaceTitle: 'Vertraute Stellen ersetzen?',
      replaceText: (count, file) =>
        `${count === 1 ? 'Das eine Zertifikat' : `Die ${count} Zertifikate`} hier werden durch die in ${file} ersetzt.`,
      replace: 'Ersetzen',
      clear: 'Nur den öffentlichen vertrauen',
      clearTitle: 'Nur den öffentlichen Stellen vertrauen?',
      clearText: 'Ziele, deren Zertifikat von einer eigenen Stelle kommt, gelten dann als nicht vertrauenswürdig.',
      saved: 'Gespeichert.',
      cleared: 'Jetzt wird nur den öffentlichen Stellen vertraut.',
      list: 'Vertraute Stellen',
      issuer: (name) => `Ausgestellt von ${name}`,
      selfSigned: 'Selbst ausgestellt',
      until: (date) => `Gültig bis ${date}`,
      daysLeft: (days) => (days === 1 ? 'noch 1 Tag' : `noch ${days} Tage`),
      expired: 'Abgelaufen',
      fingerprint: 'SHA-256',
    },
  },
};
