import type { Texts } from '../../../language/language';
import type { CheckGroup } from './check-groups';
import type { Check } from './use-preflight';

type State = Check['state'];

interface CheckTexts {
  intro: string;
  looking: string;
  lookedAt: (when: string) => string;
  again: string;
  againWait: string;
  groups: Record<CheckGroup, string>;
  states: Record<State, string>;
  counted: Record<State, (count: number) => string>;
  assumption: string;
  toDo: string;
  examples: (names: string) => string;
  usersLater: string;
  failed: string;
  warnings: string;
  good: string;
  goOn: string;
  goOnAnyway: string;
}

export const CHECK_TEXTS: Texts<CheckTexts> = {
  en: {
    intro: 'Everything that has to be prepared at Zoom, at CloudLink and for the users, and whether it is.',
    looking: 'Both sides are being asked. That takes up to 15 seconds.',
    lookedAt: (when) => `Looked at ${when}.`,
    again: 'Check again',
    againWait: 'Both sides are asked again in a moment, twice a minute at most.',
    groups: {
      zoom: 'At Zoom',
      cloudlink: 'At Mitel CloudLink',
      users: 'Users and their licences',
      phones: 'Apps, SBC and PBX',
    },
    states: { ok: 'In order', warning: 'Warning', failed: 'Failed', manual: 'Look yourself', unknown: 'Not known yet' },
    counted: {
      ok: (count) => `${count} in order`,
      warning: (count) => (count === 1 ? '1 warning' : `${count} warnings`),
      failed: (count) => `${count} failed`,
      manual: (count) => `${count} to look at yourself`,
      unknown: (count) => `${count} not known yet`,
    },
    assumption: '(Assumed: the vendor does not document this.)',
    toDo: 'What to do:',
    examples: (names) => `For example: ${names}`,
    usersLater:
      'Users can be judged when the first sync has read them. It runs by itself; then this is looked at again.',
    failed:
      'Something failed: it will not work for everybody like this. You can go on; the sync reads what it can, and the overview keeps reminding of the rest.',
    warnings: 'You can go on. What is marked concerns some users only, or not for long.',
    good: 'All that can be looked at is in order.',
    goOn: 'Go on to the first sync',
    goOnAnyway: 'Go on all the same',
  },
  de: {
    intro: 'Alles, was bei Zoom, bei CloudLink und für die Benutzer vorbereitet sein muss, und ob es das ist.',
    looking: 'Beide Seiten werden gefragt. Das dauert bis zu 15 Sekunden.',
    lookedAt: (when) => `Geprüft am ${when}.`,
    again: 'Noch einmal prüfen',
    againWait: 'Beide Seiten werden gleich noch einmal gefragt, höchstens zweimal in der Minute.',
    groups: {
      zoom: 'Bei Zoom',
      cloudlink: 'Bei Mitel CloudLink',
      users: 'Benutzer und ihre Lizenzen',
      phones: 'Apps, SBC und Telefonanlage',
    },
    states: {
      ok: 'In Ordnung',
      warning: 'Warnung',
      failed: 'Fehlt',
      manual: 'Selbst prüfen',
      unknown: 'Noch unklar',
    },
    counted: {
      ok: (count) => `${count} in Ordnung`,
      warning: (count) => (count === 1 ? '1 Warnung' : `${count} Warnungen`),
      failed: (count) => (count === 1 ? '1 fehlt' : `${count} fehlen`),
      manual: (count) => `${count} selbst zu prüfen`,
      unknown: (count) => `${count} noch unklar`,
    },
    assumption: '(Angenommen: Der Hersteller dokumentiert das nicht.)',
    toDo: 'Was zu tun ist:',
    examples: (names) => `Zum Beispiel: ${names}`,
    usersLater:
      'Benutzer lassen sich beurteilen, wenn der erste Abgleich sie gelesen hat. Er läuft von selbst; danach wird hier noch einmal geprüft.',
    failed:
      'Etwas fehlt: So wird es nicht für alle funktionieren. Sie können weitergehen; der Abgleich liest, was er kann, und die Übersicht erinnert an den Rest.',
    warnings: 'Sie können weitergehen. Was markiert ist, betrifft nur einige Benutzer oder nicht lange.',
    good: 'Alles, was sich prüfen lässt, ist in Ordnung.',
    goOn: 'Weiter zum ersten Abgleich',
    goOnAnyway: 'Trotzdem weiter',
  },
};
