import type { Language } from '../platform/config/config';
import type { CheckState } from '../operations/preflight/check-codes';
import type { CheckDto, PreflightDto } from '../operations/preflight/preflight.dto';

const WORDS: Record<Language, { states: Record<CheckState, string>; users: string; assumption: string; sum: string }> =
  {
    en: {
      states: { ok: 'ok', warning: 'warning', failed: 'FAILED', manual: 'by hand', unknown: 'unknown' },
      users: 'for example',
      assumption: 'an assumption of this service: the vendor documents no such check',
      sum: 'Looked at',
    },
    de: {
      states: { ok: 'ok', warning: 'Warnung', failed: 'FEHLER', manual: 'von Hand', unknown: 'unbekannt' },
      users: 'zum Beispiel',
      assumption: 'eine Annahme dieses Dienstes: Der Hersteller dokumentiert keine solche Prüfung',
      sum: 'Geprüft',
    },
  };

/** For a person: one line per check, what was seen and what to do under those that need somebody. */
export function formatChecks({ items, counts, checkedAt }: PreflightDto, language: Language): string {
  const words = WORDS[language];
  const width = Math.max(...Object.values(words.states).map((word) => word.length));
  const indent = ' '.repeat(width + 2);
  const lines = (check: CheckDto): string[] => [
    `${words.states[check.state].padEnd(width)}  ${check.title}`,
    `${indent}${check.evidence}`,
    ...(check.examples.length === 0 ? [] : [`${indent}${words.users} ${check.examples.join(', ')}`]),
    ...(check.isAssumption && check.state !== 'ok' ? [`${indent}(${words.assumption})`] : []),
    ...(check.nextStep === null ? [] : [`${indent}→ ${check.nextStep}`]),
  ];
  const sum = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${words.states[state as CheckState]}`)
    .join(', ');
  return [...items.flatMap(lines), '', `${words.sum} ${checkedAt}: ${sum}`].join('\n');
}
