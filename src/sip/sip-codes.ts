import type { Language } from '../platform/config/config';
import { SIP_CLASSES, SIP_CODES, type KnownSipCode, type SipClass } from './sip-code-registry';
import type { SipSource } from './sip-source';
import type { SipText, SipTexts } from './sip-texts';
import { GERMAN } from './sip-texts.de';
import { ENGLISH } from './sip-texts.en';

const TEXTS: Record<Language, SipTexts> = { en: ENGLISH, de: GERMAN };

export interface SipDescription extends SipText {
  /** The registered phrase, or the name of the class for a code that is not registered. */
  phrase: string;
  /** Where the code is defined; null for a code that is not registered. */
  rfc: string | null;
}

/**
 * What a code of a registration means and what to look at. The source matters as much as the code: apps show 408 and
 * 503 for a closed port or a bad certificate, where no SBC ever said anything.
 */
export function describeSipCode(code: number, source: SipSource, language: Language = 'en'): SipDescription {
  const known = isKnown(code) ? SIP_CODES[code] : undefined;
  const { meaning, check } = textOf(TEXTS[language], code, source);
  return { phrase: known?.phrase ?? SIP_CLASSES[classOf(code)], rfc: known?.rfc ?? null, meaning, check };
}

function textOf(texts: SipTexts, code: number, source: SipSource): SipText {
  if (source !== 'registrar')
    return code === 408 || code === 503 ? texts.madeByApp[code] : ownText(texts, code, source);
  return isKnown(code) ? texts.codes[code] : texts.classes[classOf(code)];
}

/** An app passes codes on under its own name, too (linphone: 500 first, 503 a moment later): a known one keeps its text. */
function ownText(texts: SipTexts, code: number, source: 'client' | 'network'): SipText {
  return source === 'client' && isKnown(code) ? texts.codes[code] : texts.withoutAnswer;
}

function isKnown(code: number): code is KnownSipCode {
  return Object.hasOwn(SIP_CODES, code);
}

/** @throws RangeError for a number that is no SIP code */
function classOf(code: number): SipClass {
  const group = Math.floor(code / 100);
  if (group < 1 || group > 6) throw new RangeError(`${code} is no SIP code`);
  return group as SipClass;
}
