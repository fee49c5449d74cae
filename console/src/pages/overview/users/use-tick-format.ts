import { useMemo } from 'react';
import { useLanguage } from '../../../language/language-context';
import { localeOf } from '../../../language/locale';

/** Of the axis: the time of a day, the day of a longer time. */
export function useTickFormat(hours: number): (time: number) => string {
  const { language } = useLanguage();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(
      localeOf(language),
      hours <= 24 ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' },
    );
    return (time) => format.format(time);
  }, [language, hours]);
}
