import type { Language } from './language';

/** Where no region is told: most who choose English beside another language do not put the month before the day. */
const WITHOUT_REGION: Record<Language, string> = { en: 'en-GB', de: 'de' };

/** Whose habits numbers and times are written by: the region that the browser gives the language, where it gives one. */
export const localeOf = (language: Language, preferred: readonly string[] = navigator.languages): string =>
  preferred.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? WITHOUT_REGION[language];
