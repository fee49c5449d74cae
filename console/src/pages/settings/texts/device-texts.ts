import type { Texts } from '../../../language/language';

interface GroupTexts {
  title: string;
  purpose: string;
}

interface DeviceTexts {
  sweep: GroupTexts & {
    label: string;
    perMinute: string;
    perMinuteHint: string;
    running: (when: string) => string;
    ended: (when: string) => string;
  };
  pushToken: GroupTexts & {
    present: (when: string) => string;
    absent: string;
    make: string;
    makeTitle: string;
    makeText: string;
    revoke: string;
    revokeTitle: string;
    revokeText: string;
    revoked: string;
    newTitle: string;
    newText: string;
    previous: (until: string) => string;
    label: string;
  };
}

export const DEVICE_TEXTS: Texts<DeviceTexts> = {
  en: {
    sweep: {
      title: 'Registrar checks',
      purpose:
        'Asks the registrars, user by user and over and over, whether the stored credential is still accepted. Finds what is out of date before anybody misses a call. Nothing is changed there.',
      label: 'Check all users in turn',
      perMinute: 'Users a minute',
      perMinuteHint: 'Each is one question to your PBX or SBC.',
      running: (when) => `A round is under way since ${when}.`,
      ended: (when) => `All users were asked last ${when}.`,
    },
    pushToken: {
      title: 'Push token for the SBC',
      purpose:
        'With it your SBC asks this service to wake a sleeping mobile app when a call comes in. It opens nothing else.',
      present: (when) => `There is one since ${when}.`,
      absent: 'There is none: mobile apps that sleep are not woken.',
      make: 'Make a new token',
      makeTitle: 'Make a new push token?',
      makeText: 'If there is one already, it is taken for another hour: time to change the SBC over.',
      revoke: 'Revoke',
      revokeTitle: 'Revoke the push token?',
      revokeText: 'At once no SBC can wake a mobile app any more, until a new token is made and entered there.',
      revoked: 'The token is revoked.',
      newTitle: 'The new push token',
      newText: 'Enter it at the SBC as bearer token.',
      previous: (until) => `The one before is taken until ${until}.`,
      label: 'Push token',
    },
  },
  de: {
    sweep: {
      title: 'Prüfung der Registrare',
      purpose:
        'Fragt die Registrare Benutzer für Benutzer und immer wieder, ob die gespeicherten Zugangsdaten noch angenommen werden. So fällt Veraltetes auf, bevor jemand einen Anruf verpasst. Dort wird nichts geändert.',
      label: 'Alle Benutzer der Reihe nach prüfen',
      perMinute: 'Benutzer je Minute',
      perMinuteHint: 'Jeder ist eine Anfrage an Ihre Anlage oder Ihren SBC.',
      running: (when) => `Eine Runde läuft seit ${when}.`,
      ended: (when) => `Alle Benutzer wurden zuletzt ${when} geprüft.`,
    },
    pushToken: {
      title: 'Push-Token für den SBC',
      purpose:
        'Damit bittet Ihr SBC diesen Dienst, bei einem Anruf eine schlafende mobile App zu wecken. Zu etwas anderem taugt es nicht.',
      present: (when) => `Es gibt eines seit ${when}.`,
      absent: 'Es gibt keines: Schlafende mobile Apps werden nicht geweckt.',
      make: 'Neues Token erstellen',
      makeTitle: 'Neues Push-Token erstellen?',
      makeText: 'Gibt es schon eines, gilt es noch eine Stunde: Zeit, den SBC umzustellen.',
      revoke: 'Widerrufen',
      revokeTitle: 'Push-Token widerrufen?',
      revokeText:
        'Ab sofort kann kein SBC mehr eine mobile App wecken, bis ein neues Token erstellt und dort eingetragen ist.',
      revoked: 'Das Token ist widerrufen.',
      newTitle: 'Das neue Push-Token',
      newText: 'Tragen Sie es am SBC als Bearer-Token ein.',
      previous: (until) => `Das bisherige gilt noch bis ${until}.`,
      label: 'Push-Token',
    },
  },
};
