import type { AlertKind } from '../alert-kinds';
import type { AlertReason } from '../alert-reasons';

/** One alert in one language: what happened, and who must do what. */
export interface AlertText {
  title: string;
  body: string;
  nextStep: string;
}

/** What the sentences are made of. */
export interface TextFacts {
  /** As the vendor writes itself; undefined: the alert is about the whole connector. */
  provider: string | undefined;
  /** Email of the admin whose grant it is, where known. */
  admin: string | undefined;
  /** A sentence, or '' when there is nothing to say. */
  reason: string;
  /** Nothing goes on until an admin has authorised. */
  mustAct: boolean;
  /** The certificate that an alert is about. */
  certificate: CertificateFacts | undefined;
}

/** Whose certificate ends, and when. */
export interface CertificateFacts {
  /** `host:port`. */
  target: string;
  subject: string;
  /** Whole days; 0: less than one. */
  daysLeft: number;
  /** ISO day. */
  endsOn: string;
}

/** Everything we say in one language: a kind, reason or label that is missing does not compile. */
export interface Texts {
  kinds: Record<AlertKind, (facts: TextFacts) => AlertText>;
  reasons: Record<AlertReason, (facts: Omit<TextFacts, 'reason'>) => string>;
  otherReason: (code: string) => string;
  mail: {
    greeting: string;
    authorise: string;
    validUntil: (time: string) => string;
    connector: string;
    zoomAccount: string;
    cloudlinkAccount: string;
    admin: string;
    since: string;
    automatic: string;
  };
}
