import type { Texts } from '../../../language/language';
import type { ShownStatus } from './statuses';

interface UserTexts {
  title: string;
  statuses: Record<ShownStatus, string>;
  overTime: string;
  period: string;
  periods: Record<'day' | 'week' | 'month', string>;
  asTable: string;
  asChart: string;
  chart: (from: string, to: string) => string;
  at: string;
  none: string;
}

export const USER_TEXTS: Texts<UserTexts> = {
  en: {
    title: 'Users',
    statuses: {
      registered: 'registered',
      inactive: 'inactive',
      pending: 'wait for SIP credentials',
      sip_error: 'SIP error',
    },
    overTime: 'Over time',
    period: 'Period',
    periods: { day: 'Day', week: 'Week', month: 'Month' },
    asTable: 'Show as a table',
    asChart: 'Show as a chart',
    chart: (from, to) => `Chart of the users per status from ${from} to ${to}; the same figures are in the table.`,
    at: 'Time',
    none: 'Nothing was counted in this period yet. The figures are noted every few minutes.',
  },
  de: {
    title: 'Benutzer',
    statuses: {
      registered: 'registriert',
      inactive: 'inaktiv',
      pending: 'warten auf SIP-Zugangsdaten',
      sip_error: 'SIP-Fehler',
    },
    overTime: 'Verlauf',
    period: 'Zeitraum',
    periods: { day: 'Tag', week: 'Woche', month: 'Monat' },
    asTable: 'Als Tabelle zeigen',
    asChart: 'Als Diagramm zeigen',
    chart: (from, to) =>
      `Diagramm der Benutzer je Status von ${from} bis ${to}; dieselben Zahlen stehen in der Tabelle.`,
    at: 'Zeit',
    none: 'In diesem Zeitraum wurde noch nichts gezählt. Die Zahlen werden alle paar Minuten festgehalten.',
  },
};
