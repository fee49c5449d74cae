import type { CertificateFacts } from './certificate-facts';

/** Why a client that checks certificates does not go on. */
export const CERTIFICATE_FAULTS = [
  'certificate_expired',
  'certificate_not_yet_valid',
  'certificate_untrusted',
  'certificate_name_mismatch',
] as const;
export type CertificateFault = (typeof CERTIFICATE_FAULTS)[number];

/** Days before its end at which people are told, once each. */
export const WARNING_DAYS = [30, 14, 7, 1] as const;
export type WarningDays = (typeof WARNING_DAYS)[number];

const DAY_MS = 86_400_000;

/**
 * null: nothing is wrong. Time first, because an expired certificate of a private authority is mended by a new one, whatever
 * else is wrong with it; the name last, because it says nothing as long as nobody vouches for it.
 */
export function judgeCertificate(certificate: CertificateFacts, now: Date): CertificateFault | null {
  const { notBefore, notAfter, chainError, coversHost } = certificate;
  if (now > notAfter || chainError === 'CERT_HAS_EXPIRED') return 'certificate_expired';
  if (now < notBefore || chainError === 'CERT_NOT_YET_VALID') return 'certificate_not_yet_valid';
  if (chainError !== null) return 'certificate_untrusted';
  return coversHost ? null : 'certificate_name_mismatch';
}

/** Whole days that are left; negative when it is over. */
export const daysLeft = ({ notAfter }: Pick<CertificateFacts, 'notAfter'>, now: Date): number =>
  Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);

/** The nearest warning that is due; undefined: there is more time than that, or none at all. */
export function dueWarning(certificate: Pick<CertificateFacts, 'notAfter'>, now: Date): WarningDays | undefined {
  const leftMs = certificate.notAfter.getTime() - now.getTime();
  return leftMs < 0 ? undefined : WARNING_DAYS.findLast((days) => leftMs <= days * DAY_MS);
}
