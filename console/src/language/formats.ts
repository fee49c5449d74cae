import type { Language } from './language';
import { useLanguage } from './language-context';
import { localeOf } from './locale';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

interface Formats {
  /** Date and time, as short as the language has it. */
  instant: (iso: string) => string;
  date: (iso: string) => string;
  /** "3 minutes ago", "in 2 days"; under a minute "now". */
  relative: (iso: string, now?: number) => string;
  number: (value: number) => string;
  percent: (share: number) => string;
}

const made = new Map<Language, Formats>();

/** Numbers and times as the chosen language writes them where the browser is at home, in the time zone of the browser. */
export function useFormats(): Formats {
  const { language } = useLanguage();
  const formats = made.get(language) ?? makeFormats(language);
  made.set(language, formats);
  return formats;
}

/** Once per language: the formats of `Intl` are slow to make, and a list asks for them in every cell. */
function makeFormats(language: Language): Formats {
  const locale = localeOf(language);
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return {
    instant: (iso) => instant.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
    relative: (iso, now = Date.now()) => {
      const seconds = (Date.parse(iso) - now) / 1000;
      const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
      return unit === undefined
        ? relative.format(0, 'second')
        : relative.format(Math.trunc(seconds / unit[1]), unit[0]);
    },
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
  };
}
