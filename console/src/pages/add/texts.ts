import type { Texts } from '../../language/language';
import type { Counted } from './import-counts';

interface AddTexts {
  automatic: string;
  toSettings: string;
  one: {
    title: string;
    purpose: string;
    email: string;
    add: string;
    list: string;
    added: (email: string) => string;
    wasThere: (email: string) => string;
    pending: string;
    required: string;
    wrong: string;
    open: (email: string) => string;
  };
  file: {
    title: string;
    purpose: string;
    sample: string;
    sampleName: string;
    choose: string;
    chooseOther: string;
    drop: string;
    chosen: (name: string) => string;
    checking: string;
    applying: string;
    sent: (percent: string) => string;
    linesRead: (count: string) => string;
    usersSeen: (count: string) => string;
    cancel: string;
    cancelled: string;
    cancelledApply: string;
    changed: string;
    again: string;
  };
  result: {
    wouldTitle: string;
    doneTitle: string;
    unusableTitle: string;
    nothingTitle: string;
    would: Record<Counted, string>;
    done: Record<Counted, string>;
    what: string;
    count: string;
    read: (lines: string, encoding: string, separator: string) => string;
    separators: Record<string, string>;
    ignored: (columns: string) => string;
    apply: string;
    applyWithout: (count: string) => string;
    removesTitle: string;
    removes: (count: string) => string;
    toUsers: string;
    toAudit: string;
  };
  problems: {
    title: (shown: string) => string;
    more: string;
    line: string;
    column: string;
    rule: string;
    value: string;
    whole: string;
    notice: string;
    download: string;
    fileName: string;
    showAll: string;
  };
}

export const ADD_TEXTS: Texts<AddTexts> = {
  en: {
    automatic:
      'At this connector syncs bring every user whom both sides know, without anybody adding them. Whoever is added here stays even when a sync does not find them at CloudLink.',
    toSettings: 'Change who is integrated',
    one: {
      title: 'One by one',
      purpose: 'By the address that Zoom and CloudLink know the user by.',
      email: 'Email',
      add: 'Add',
      list: 'Added just now',
      added: (email) => `${email} was added.`,
      wasThere: (email) => `${email} was there already. Nothing has changed but that they stay.`,
      pending: 'CloudLink has no SIP credentials for them yet: pending until it has.',
      required: 'Type in an email address.',
      wrong: 'This is not an email address.',
      open: (email) => `Open ${email}`,
    },
    file: {
      title: 'From a CSV file',
      purpose:
        'The first line names the columns; one must be called “email”, and “action” may say “add” or “remove”. UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs. Nothing is changed before you have seen what would change.',
      sample: 'Download a sample',
      sampleName: 'users.csv',
      choose: 'Choose a CSV file …',
      chooseOther: 'Choose another file …',
      drop: 'or drop it here',
      chosen: (name) => `File: ${name}`,
      checking: 'The file is being checked. Nothing is changed.',
      applying: 'The changes are being made, all of them or none.',
      sent: (percent) => `${percent} sent`,
      linesRead: (count) => `${count} lines read`,
      usersSeen: (count) => `${count} users done`,
      cancel: 'Cancel',
      cancelled: 'Cancelled. Nothing was changed.',
      cancelledApply: 'Cancelled. Unless it was done already, nothing was changed: check the file again to see.',
      changed: 'The file is not on the disk any more as it was chosen. Choose it again.',
      again: 'Check the file again',
    },
    result: {
      wouldTitle: 'What would change',
      doneTitle: 'Done',
      unusableTitle: 'This file cannot be used',
      nothingTitle: 'This file would change nothing',
      would: {
        added: 'Users to be added',
        pinned: 'Users who are there and will stay, whatever a sync finds',
        alreadyThere: 'Users who were added before',
        removed: 'Users to be taken out, with their SIP credentials',
        released: 'Users for whom the next sync decides again',
        notThere: 'Users to be taken out whom nobody has added',
        duplicates: 'Lines whose user stands in a line before',
        invalid: 'Lines that are wrong',
      },
      done: {
        added: 'Users added',
        pinned: 'Users who were there and stay now, whatever a sync finds',
        alreadyThere: 'Users who had been added before',
        removed: 'Users taken out, with their SIP credentials',
        released: 'Users for whom the next sync decides again',
        notThere: 'Users to be taken out whom nobody had added',
        duplicates: 'Lines whose user stood in a line before',
        invalid: 'Lines left out because they are wrong',
      },
      what: 'What',
      count: 'How many',
      read: (lines, encoding, separator) => `${lines} lines, read as ${encoding} with ${separator}.`,
      separators: { comma: 'commas', semicolon: 'semicolons', tab: 'tabs' },
      ignored: (columns) => `Columns that mean nothing here: ${columns}.`,
      apply: 'Apply',
      applyWithout: (count) =>
        count === '1' ? 'Apply without the wrong line' : `Apply without the ${count} wrong lines`,
      removesTitle: 'Take users out?',
      removes: (count) =>
        `${count === '1' ? 'One user loses' : `${count} users lose`} their SIP credentials at once, and with them the telephone in Zoom.`,
      toUsers: 'To the integrated users',
      toAudit: 'See it in the audit',
    },
    problems: {
      title: (shown) => `What is wrong (the first ${shown})`,
      more: 'There are more: the file has all.',
      line: 'Line',
      column: 'Column',
      rule: 'Rule',
      value: 'What stands there',
      whole: 'whole line',
      notice: 'Notice:',
      download: 'Download all problems as CSV',
      fileName: 'import-problems.csv',
      showAll: 'Show more of them',
    },
  },
  de: {
    automatic:
      'Bei dieser Verbindung bringt der Abgleich alle Benutzer, die beide Seiten kennen, ohne dass jemand sie hinzufügt. Wer hier hinzugefügt wird, bleibt auch dann, wenn ein Abgleich ihn bei CloudLink nicht findet.',
    toSettings: 'Ändern, wer integriert ist',
    one: {
      title: 'Einzeln',
      purpose: 'Mit der Adresse, unter der Zoom und CloudLink den Benutzer kennen.',
      email: 'E-Mail-Adresse',
      add: 'Hinzufügen',
      list: 'Gerade hinzugefügt',
      added: (email) => `${email} wurde hinzugefügt.`,
      wasThere: (email) => `${email} war schon da. Geändert hat sich nur, dass dieser Benutzer bleibt.`,
      pending: 'CloudLink hat für diesen Benutzer noch keine SIP-Zugangsdaten: Er wartet, bis es sie gibt.',
      required: 'Geben Sie eine E-Mail-Adresse ein.',
      wrong: 'Das ist keine E-Mail-Adresse.',
      open: (email) => `${email} öffnen`,
    },
    file: {
      title: 'Aus einer CSV-Datei',
      purpose:
        'Die erste Zeile benennt die Spalten; eine muss „E-Mail“ heißen, und „Aktion“ darf „hinzufügen“ oder „entfernen“ enthalten. UTF-8, UTF-16 oder Windows-1252, mit Komma, Semikolon oder Tabulator. Nichts wird geändert, bevor Sie gesehen haben, was sich ändern würde.',
      sample: 'Beispiel herunterladen',
      sampleName: 'benutzer.csv',
      choose: 'CSV-Datei wählen …',
      chooseOther: 'Andere Datei wählen …',
      drop: 'oder hierher ziehen',
      chosen: (name) => `Datei: ${name}`,
      checking: 'Die Datei wird geprüft. Nichts wird geändert.',
      applying: 'Die Änderungen werden vorgenommen, alle oder keine.',
      sent: (percent) => `${percent} gesendet`,
      linesRead: (count) => `${count} Zeilen gelesen`,
      usersSeen: (count) => `${count} Benutzer bearbeitet`,
      cancel: 'Abbrechen',
      cancelled: 'Abgebrochen. Nichts wurde geändert.',
      cancelledApply:
        'Abgebrochen. Wenn es nicht schon geschehen war, wurde nichts geändert: Prüfen Sie die Datei noch einmal, um es zu sehen.',
      changed: 'Die Datei liegt nicht mehr so auf der Platte, wie sie gewählt wurde. Wählen Sie sie noch einmal.',
      again: 'Datei noch einmal prüfen',
    },
    result: {
      wouldTitle: 'Was sich ändern würde',
      doneTitle: 'Erledigt',
      unusableTitle: 'Diese Datei ist nicht brauchbar',
      nothingTitle: 'Diese Datei würde nichts ändern',
      would: {
        added: 'Benutzer, die hinzugefügt würden',
        pinned: 'Benutzer, die schon da sind und bleiben würden, was auch immer ein Abgleich findet',
        alreadyThere: 'Benutzer, die schon vorher hinzugefügt wurden',
        removed: 'Benutzer, die mitsamt ihren SIP-Zugangsdaten herausgenommen würden',
        released: 'Benutzer, über die der nächste Abgleich wieder entscheidet',
        notThere: 'Herauszunehmende Benutzer, die niemand hinzugefügt hat',
        duplicates: 'Zeilen, deren Benutzer schon in einer Zeile davor steht',
        invalid: 'Fehlerhafte Zeilen',
      },
      done: {
        added: 'Hinzugefügte Benutzer',
        pinned: 'Benutzer, die schon da waren und jetzt bleiben, was auch immer ein Abgleich findet',
        alreadyThere: 'Benutzer, die schon vorher hinzugefügt waren',
        removed: 'Mitsamt ihren SIP-Zugangsdaten herausgenommene Benutzer',
        released: 'Benutzer, über die der nächste Abgleich wieder entscheidet',
        notThere: 'Herauszunehmende Benutzer, die niemand hinzugefügt hatte',
        duplicates: 'Zeilen, deren Benutzer schon in einer Zeile davor stand',
        invalid: 'Fehlerhafte Zeilen, die ausgelassen wurden',
      },
      what: 'Was',
      count: 'Anzahl',
      read: (lines, encoding, separator) => `${lines} Zeilen, gelesen als ${encoding} mit ${separator}.`,
      separators: { comma: 'Komma', semicolon: 'Semikolon', tab: 'Tabulator' },
      ignored: (columns) => `Spalten, die hier nichts bedeuten: ${columns}.`,
      apply: 'Anwenden',
      applyWithout: (count) =>
        count === '1' ? 'Ohne die fehlerhafte Zeile anwenden' : `Ohne die ${count} fehlerhaften Zeilen anwenden`,
      removesTitle: 'Benutzer herausnehmen?',
      removes: (count) =>
        `${count === '1' ? 'Ein Benutzer verliert' : `${count} Benutzer verlieren`} sofort die SIP-Zugangsdaten und damit das Telefon in Zoom.`,
      toUsers: 'Zu den integrierten Benutzern',
      toAudit: 'Im Protokoll ansehen',
    },
    problems: {
      title: (shown) => `Was nicht stimmt (die ersten ${shown})`,
      more: 'Es gibt noch mehr: In der Datei stehen alle.',
      line: 'Zeile',
      column: 'Spalte',
      rule: 'Regel',
      value: 'Was dort steht',
      whole: 'ganze Zeile',
      notice: 'Hinweis:',
      download: 'Alle Probleme als CSV herunterladen',
      fileName: 'import-probleme.csv',
      showAll: 'Mehr davon zeigen',
    },
  },
};
