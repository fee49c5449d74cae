import type { Texts } from '../../../language/language';

interface GroupTexts {
  title: string;
  purpose: string;
}

interface ConnectorTexts {
  name: GroupTexts & { label: string; hint: string };
  membership: GroupTexts & {
    automatic: string;
    automaticMeans: string;
    chosen: string;
    chosenMeans: string;
    toChosenTitle: string;
    toChosen: string;
    toAutomaticTitle: string;
    toAutomatic: string;
    confirm: string;
    addUsers: string;
  };
  sync: GroupTexts & {
    interval: string;
    intervalHint: string;
    intervalRule: string;
    unit: string;
    units: Record<'minutes' | 'hours', string>;
    limit: string;
    limitHint: string;
    limitRule: string;
    useDefault: (value: string) => string;
    seconds: (count: string) => string;
    minutes: (count: string) => string;
    hours: (count: string) => string;
    percent: (count: string) => string;
  };
  mobile: GroupTexts & { label: string; offTitle: string; off: string; confirm: string };
}

export const CONNECTOR_TEXTS: Texts<ConnectorTexts> = {
  en: {
    name: {
      title: 'Name',
      purpose: 'What this connector is called in mails, on this page and on the command line.',
      label: 'Name of the connector',
      hint: 'May stay empty.',
    },
    membership: {
      title: 'Who is integrated',
      purpose: 'Whose Phone tab at Zoom becomes a telephone of your Mitel system.',
      automatic: 'Everybody whom both sides know',
      automaticMeans: 'Whoever has the licence at Zoom and at CloudLink is integrated by the next sync.',
      chosen: 'Only those who were added',
      chosenMeans: 'One by one or by a CSV file, on the page “Add users”.',
      toChosenTitle: 'Only those who were added?',
      toChosen:
        'The next full sync marks all users whom nobody has added, and the one after it removes them with their SIP credentials. Where they are more than the removal limit, a person has to approve it first. Add the users before you change this.',
      toAutomaticTitle: 'Everybody whom both sides know?',
      toAutomatic:
        'The next full sync integrates every user whom both sides know. Their Phone tab at Zoom may change at their next start of the app.',
      confirm: 'Change who is integrated',
      addUsers: 'Add users',
    },
    sync: {
      title: 'Sync',
      purpose: 'How often Zoom and CloudLink are read, and how much may go without asking a person.',
      interval: 'Time between two syncs',
      intervalHint: 'From 5 minutes to 24 hours. Webhooks are followed in between.',
      intervalRule: 'Must be from 5 minutes to 24 hours',
      unit: 'Unit',
      units: { minutes: 'minutes', hours: 'hours' },
      limit: 'Removal limit in percent',
      limitHint:
        'A sync that would remove more than this share of the users waits for a person. Up to five users, and never more than half, count without it.',
      limitRule: 'Must be a whole number from 0 to 50',
      useDefault: (value) => `Use the default (${value})`,
      seconds: (count) => `${count} seconds`,
      minutes: (count) => `${count} minutes`,
      hours: (count) => (count === '1' ? '1 hour' : `${count} hours`),
      percent: (count) => `${count} %`,
    },
    mobile: {
      title: 'Mobile calling',
      purpose: 'Whether Zoom on telephones and tablets may register at your Mitel system.',
      label: 'Mobile apps may register',
      offTitle: 'Switch mobile calling off?',
      off: 'Mobile apps are given no registration any more and those that are registered lapse by and by. Desktop apps go on as before.',
      confirm: 'Switch off',
    },
  },
  de: {
    name: {
      title: 'Name',
      purpose: 'Wie diese Verbindung in Mails, auf dieser Seite und auf der Kommandozeile heißt.',
      label: 'Name der Verbindung',
      hint: 'Darf leer bleiben.',
    },
    membership: {
      title: 'Wer integriert ist',
      purpose: 'Bei wem der Telefon-Reiter von Zoom ein Telefon Ihrer Mitel-Anlage wird.',
      automatic: 'Alle, die beide Seiten kennen',
      automaticMeans: 'Wer bei Zoom und bei CloudLink die Lizenz hat, wird mit dem nächsten Abgleich integriert.',
      chosen: 'Nur wer hinzugefügt wurde',
      chosenMeans: 'Einzeln oder mit einer CSV-Datei, auf der Seite „Benutzer hinzufügen“.',
      toChosenTitle: 'Nur wer hinzugefügt wurde?',
      toChosen:
        'Der nächste vollständige Abgleich merkt alle Benutzer vor, die niemand hinzugefügt hat, und der übernächste entfernt sie mitsamt ihren SIP-Zugangsdaten. Sind es mehr als die Grenze für das Entfernen, muss erst jemand zustimmen. Fügen Sie die Benutzer hinzu, bevor Sie dies ändern.',
      toAutomaticTitle: 'Alle, die beide Seiten kennen?',
      toAutomatic:
        'Der nächste vollständige Abgleich integriert alle Benutzer, die beide Seiten kennen. Ihr Telefon-Reiter in Zoom kann sich beim nächsten Start der App ändern.',
      confirm: 'Ändern, wer integriert ist',
      addUsers: 'Benutzer hinzufügen',
    },
    sync: {
      title: 'Abgleich',
      purpose: 'Wie oft Zoom und CloudLink gelesen werden, und wie viel ohne Rückfrage entfernt werden darf.',
      interval: 'Zeit zwischen zwei Abgleichen',
      intervalHint: 'Von 5 Minuten bis 24 Stunden. Nachrichten der Anbieter werden auch dazwischen befolgt.',
      intervalRule: 'Muss zwischen 5 Minuten und 24 Stunden liegen',
      unit: 'Einheit',
      units: { minutes: 'Minuten', hours: 'Stunden' },
      limit: 'Grenze für das Entfernen in Prozent',
      limitHint:
        'Ein Abgleich, der mehr als diesen Anteil der Benutzer entfernen würde, wartet auf eine Person. Bis zu fünf Benutzer gehen immer, mehr als die Hälfte nie ohne Zustimmung.',
      limitRule: 'Muss eine ganze Zahl von 0 bis 50 sein',
      useDefault: (value) => `Standard verwenden (${value})`,
      seconds: (count) => `${count} Sekunden`,
      minutes: (count) => `${count} Minuten`,
      hours: (count) => (count === '1' ? '1 Stunde' : `${count} Stunden`),
      percent: (count) => `${count} %`,
    },
    mobile: {
      title: 'Telefonieren mit Mobilgeräten',
      purpose: 'Ob sich Zoom auf Telefonen und Tablets an Ihrer Mitel-Anlage anmelden darf.',
      label: 'Mobile Apps dürfen sich anmelden',
      offTitle: 'Mobiles Telefonieren ausschalten?',
      off: 'Mobile Apps erhalten keine Anmeldedaten mehr, und bestehende Anmeldungen laufen nach und nach aus. Desktop-Apps sind nicht betroffen.',
      confirm: 'Ausschalten',
    },
  },
};
