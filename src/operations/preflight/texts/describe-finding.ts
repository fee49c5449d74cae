import type { Language } from '../../../platform/config/config';
import type { CheckCode } from '../check-codes';
import type { Finding, FindingKey, FindingValues } from '../findings';
import type { FindingText, PreflightTexts } from './text-shape';
import { german } from './texts.de';
import { english } from './texts.en';

export const TEXTS: Record<Language, PreflightTexts> = { en: english, de: german };

/** A finding in words, with the title of its check. */
export function describeFinding(
  code: CheckCode,
  { key, values }: Finding,
  language: Language,
): FindingText & { title: string } {
  const texts = TEXTS[language];
  // Key and values belong together (see `found`); of the union the compiler knows only that each is one of many.
  const describe = texts.findings[key] as (values: FindingValues[FindingKey]) => FindingText;
  return { title: texts.titles[code], ...describe(values) };
}
