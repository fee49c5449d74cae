import { DIAL_FAILURES } from '../dial/dial-facts';
import { CERTIFICATE_FAULTS } from '../dial/judge-certificate';

/** What a registrar has said to a user's hash. */
export const REGISTRAR_ANSWERS = [
  /** 200 to the hash: it is the right one. */
  'accepted',
  /** 200 without a question for the credential: the hash was not tried. */
  'accepted_unasked',
  /** Asked again after the hash. Most registrars answer a wrong hash and an unknown user alike. */
  'hash_refused',
  /** 403: a wrong hash at strict registrars, a missing licence, a network that is not allowed. */
  'forbidden',
  /** 404, 410, 604. */
  'user_unknown',
  /** Asks in another realm than that of the hash, which was therefore not sent. */
  'realm_mismatch',
  /** Asks for algorithms of which we hold no hash; nothing was sent. */
  'algorithm_not_offered',
  /** Called the nonce stale twice in a row. */
  'stale_nonce',
  /** 423, although nothing was asked to be registered. */
  'interval_too_brief',
  /** 503. */
  'registrar_overloaded',
  /** 408, 480 and other codes 5xx: the registrar, or something behind it, does not work. */
  'registrar_failed',
  /** 3xx. */
  'redirected',
  /** Any other code, and a challenge that cannot be read. */
  'refused',
] as const;
export type RegistrarAnswer = (typeof REGISTRAR_ANSWERS)[number];

/** Why no registrar could be asked. Over TLS a credential is sent only when nothing is wrong with the certificate. */
export const REGISTRAR_SILENCES = [
  ...DIAL_FAILURES,
  ...CERTIFICATE_FAULTS,
  'port_is_plain',
  'port_is_tls',
  'sip_silent',
  'sip_closed',
  'not_sip',
] as const;
export type RegistrarSilence = (typeof REGISTRAR_SILENCES)[number];

export const REGISTRAR_RESULTS = [...REGISTRAR_ANSWERS, ...REGISTRAR_SILENCES, 'no_targets'] as const;
export type RegistrarResult = (typeof REGISTRAR_RESULTS)[number];

/** What a final code other than 401 and 407 means for a question that changes nothing. */
export function judgeCode(code: number): RegistrarAnswer {
  if (code < 300) return 'accepted';
  if (code < 400) return 'redirected';
  if (code === 403) return 'forbidden';
  if (code === 404 || code === 410 || code === 604) return 'user_unknown';
  if (code === 423) return 'interval_too_brief';
  if (code === 503) return 'registrar_overloaded';
  return code === 408 || code === 480 || (code >= 500 && code < 600) ? 'registrar_failed' : 'refused';
}
