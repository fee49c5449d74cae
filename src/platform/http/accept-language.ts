import type { Language } from '../config/config';

/** The first language of Accept-Language that we speak (RFC 9110 section 12.5.4; quality values are respected). */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  // What most programs send; the status read is asked thousands of times a second.
  if (acceptLanguage === undefined) return 'en';
  const wishes = acceptLanguage.split(',').map((part, index) => {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const given = parameters.find((parameter) => parameter.startsWith('q='));
    return { language: tag.split('-')[0], quality: given === undefined ? 1 : Number(given.slice(2)), index };
  });
  const best = wishes
    .filter((wish) => wish.quality > 0 && (wish.language === 'de' || wish.language === 'en'))
    .sort((a, b) => b.quality - a.quality || a.index - b.index)[0];
  return best?.language === 'de' ? 'de' : 'en';
}
