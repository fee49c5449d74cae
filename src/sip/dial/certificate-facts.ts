import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { printable } from '../message/parse-contacts';
import { splitOutside } from '../message/split-values';

/** What a server's certificate says, and whether it is good for the place that we dialled. */
export interface CertificateFacts {
  subject: string;
  issuer: string;
  /** DNS names and IP addresses that it was made for. */
  names: string[];
  notBefore: Date;
  notAfter: Date;
  /** SHA-256, hexadecimal: the name of this very certificate. */
  fingerprint: string;
  /** The word of OpenSSL when the chain does not lead to an authority that is trusted, or is out of its time; null: it does. */
  chainError: string | null;
  /** It is good for the host as CloudLink writes it. */
  coversHost: boolean;
  /** It is good for the address that the host has. Apps that are given a name do not ask for it. */
  coversAddress: boolean;
}

const MAX_NAMES = 50;
const MAX_WORD = 300;

export function readCertificate(
  certificate: X509Certificate,
  place: { host: string; address: string; chainError: string | null },
): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: readNames(certificate.subjectAltName),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    chainError: place.chainError,
    coversHost: covers(certificate, place.host),
    coversAddress: covers(certificate, place.address),
  };
}

/** RFC 6125: an address counts only where it stands as an address. */
function covers(certificate: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return certificate.checkIP(host) !== undefined;
  return certificate.checkHost(host.replace(/\.$/, '')) !== undefined;
}

/** `DNS:a.example, IP Address:192.0.2.1`; other kinds of names are of no use for a connection. */
function readNames(text: string | undefined): string[] {
  return splitOutside(text ?? '', ',')
    .flatMap((entry) => {
      const [, name] = /^(?:DNS|IP Address):(.+)$/.exec(entry) ?? [];
      return name === undefined ? [] : [printable(name, MAX_WORD)];
    })
    .slice(0, MAX_NAMES);
}

/** Node writes one attribute per line. */
const oneLine = (name: string | undefined): string => printable((name ?? '').split('\n').join(', '), MAX_WORD);
