import type { KnownSipCode, SipClass } from './sip-code-registry';

/** What a code says about a registration, for a person. */
export interface SipText {
  meaning: string;
  /** What an administrator looks at first. */
  check: string;
}

/** One language: a file sip-texts.<language>.ts, complete by type, entered in TEXTS of sip-codes.ts. */
export interface SipTexts {
  codes: Record<KnownSipCode, SipText>;
  /** For codes that the registry does not hold. */
  classes: Record<SipClass, SipText>;
  /** 408 and 503 that no registrar sent: the app puts them in place of "nothing came back" and "no connection". */
  madeByApp: Record<408 | 503, SipText>;
  /** Any other code that came without a SIP answer. */
  withoutAnswer: SipText;
}
