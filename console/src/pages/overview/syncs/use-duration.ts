import { useMemo } from 'react';
import { useLanguage } from '../../../language/language-context';
import { localeOf } from '../../../language/locale';

const UNITS = [
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in its largest unit: "12 seconds", "3 minutes"; below a second "1 second". */
export function useDuration(): (seconds: number) => string {
  const { language } = useLanguage();
  return useMemo(() => {
    return (seconds) => {
      const whole = Math.max(1, Math.round(seconds));
      const [unit, length] = UNITS.find(([, size]) => whole >= size) ?? UNITS[2];
      return new Intl.NumberFormat(localeOf(language), {
        style: 'unit',
        unit,
        unitDisplay: 'long',
        maximumFractionDigits: 0,
      }).format(whole / length);
    };
  }, [language]);
}
