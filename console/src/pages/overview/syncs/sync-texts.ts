import type { Texts } from '../../../language/language';

interface SyncTexts {
  title: string;
  none: string;
  start: string;
  states: Record<'queued' | 'running' | 'succeeded' | 'failed' | 'awaiting_approval', string>;
  modes: Record<'full' | 'delta', string>;
  triggers: Record<'connect' | 'manual' | 'schedule', string>;
  counts: Record<'read' | 'created' | 'updated' | 'removed' | 'missing', (count: string) => string>;
  took: (duration: string) => string;
  problems: (count: string) => string;
  problemsTitle: string;
  more: string;
  close: string;
  phases: Record<'zoom_users' | 'cloudlink_users' | 'removal' | 'done', string>;
  progress: (read: string, expected: string | null) => string;
  left: (duration: string) => string;
  begins: string;
  approve: (users: string) => string;
  approveTitle: string;
  approveWhat: (users: string) => string;
  approveList: string;
  approveUnknown: string;
  approveAll: string;
  approveDo: (users: string) => string;
  cancel: string;
  ended: (state: string) => string;
}

export const SYNC_TEXTS: Texts<SyncTexts> = {
  en: {
    title: 'Last syncs',
    none: 'Nothing was synced yet.',
    start: 'Sync now',
    states: {
      queued: 'Waiting',
      running: 'Running',
      succeeded: 'Succeeded',
      failed: 'Failed',
      awaiting_approval: 'Waits for you',
    },
    modes: { full: 'All users', delta: 'Changes' },
    triggers: { connect: 'after connecting', manual: 'by hand', schedule: 'by itself' },
    counts: {
      read: (count) => `${count} read`,
      created: (count) => `${count} new`,
      updated: (count) => `${count} changed`,
      removed: (count) => `${count} removed`,
      missing: (count) => `${count} not found`,
    },
    took: (duration) => `took ${duration}`,
    problems: (count) => `Problems (${count})`,
    problemsTitle: 'Users who could not be used',
    more: 'Show more',
    close: 'Close',
    phases: {
      zoom_users: 'Reading the users of Zoom',
      cloudlink_users: 'Reading the users of CloudLink',
      removal: 'Looking who has left',
      done: 'Finishing',
    },
    progress: (read, expected) => (expected === null ? `${read} read` : `${read} of about ${expected} read`),
    left: (duration) => `about ${duration} left`,
    begins: 'The sync begins',
    approve: (users) => `Remove ${users} …`,
    approveTitle: 'Remove users?',
    approveWhat: (users) =>
      `This sync did not find ${users} any more. If you approve it, they are removed: their apps can no longer register. Whoever has come back in the meantime stays.`,
    approveList: 'Among them:',
    approveUnknown:
      'What was read is so incomplete that it does not say who they are. Sync again before you approve this.',
    approveAll: 'See all of them',
    approveDo: (users) => `Remove ${users}`,
    cancel: 'Leave everything as it is',
    ended: (state) => `The sync has ended: ${state}.`,
  },
  de: {
    title: 'Letzte Abgleiche',
    none: 'Noch nichts abgeglichen.',
    start: 'Jetzt abgleichen',
    states: {
      queued: 'Wartet',
      running: 'Läuft',
      succeeded: 'Gelungen',
      failed: 'Fehlgeschlagen',
      awaiting_approval: 'Wartet auf Sie',
    },
    modes: { full: 'Alle Benutzer', delta: 'Änderungen' },
    triggers: { connect: 'nach dem Verbinden', manual: 'von Hand', schedule: 'von selbst' },
    counts: {
      read: (count) => `${count} gelesen`,
      created: (count) => `${count} neu`,
      updated: (count) => `${count} geändert`,
      removed: (count) => `${count} entfernt`,
      missing: (count) => `${count} nicht gefunden`,
    },
    took: (duration) => `dauerte ${duration}`,
    problems: (count) => `Probleme (${count})`,
    problemsTitle: 'Benutzer, die nicht verwendet werden konnten',
    more: 'Mehr zeigen',
    close: 'Schließen',
    phases: {
      zoom_users: 'Liest die Benutzer von Zoom',
      cloudlink_users: 'Liest die Benutzer von CloudLink',
      removal: 'Sieht nach, wer gegangen ist',
      done: 'Schließt ab',
    },
    progress: (read, expected) => (expected === null ? `${read} gelesen` : `${read} von etwa ${expected} gelesen`),
    left: (duration) => `noch etwa ${duration}`,
    begins: 'Der Abgleich beginnt',
    approve: (users) => `${users} entfernen …`,
    approveTitle: 'Benutzer entfernen?',
    approveWhat: (users) =>
      `Dieser Abgleich hat ${users} nicht mehr gefunden. Wenn Sie zustimmen, werden sie entfernt: Ihre Apps können sich nicht mehr registrieren. Wer inzwischen wieder da ist, bleibt.`,
    approveList: 'Darunter:',
    approveUnknown:
      'Was gelesen wurde, ist so unvollständig, dass es nicht sagt, wer das ist. Gleichen Sie noch einmal ab, bevor Sie zustimmen.',
    approveAll: 'Alle ansehen',
    approveDo: (users) => `${users} entfernen`,
    cancel: 'Alles lassen, wie es ist',
    ended: (state) => `Der Abgleich ist beendet: ${state}.`,
  },
};
