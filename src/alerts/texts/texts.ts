import { PROVIDER_NAMES, type Provider } from '../../oauth/provider';
import type { Language } from '../../platform/config/config';
import type { AlertKind } from '../alert-kinds';
import { isAlertReason } from '../alert-reasons';
import type { AlertText, CertificateFacts, TextFacts, Texts } from './text-shape';
import { german } from './texts.de';
import { english } from './texts.en';

export const TEXTS: Record<Language, Texts> = { en: english, de: german };

export interface DescribedAlert {
  kind: AlertKind;
  provider: Provider | null;
  reason: string | null;
  /** Whose grant the alert is about. */
  admin: string | null;
  /** Whose grant the reason is about, where that is another one: the one before. */
  formerAdmin: string | null;
  mustAct: boolean;
  /** As raised; only what the texts ask for is read. */
  details?: Record<string, unknown>;
}

export function describeAlert(alert: DescribedAlert, language: Language): AlertText {
  const texts = TEXTS[language];
  const facts = {
    provider: alert.provider === null ? undefined : PROVIDER_NAMES[alert.provider],
    admin: alert.admin ?? undefined,
    mustAct: alert.mustAct,
    certificate: readCertificate(alert.details ?? {}),
  };
  const ofWhom = alert.kind === 'grant.switched' ? { ...facts, admin: alert.formerAdmin ?? undefined } : facts;
  return texts.kinds[alert.kind]({ ...facts, reason: describeReason(texts, alert.reason, ofWhom) });
}

function readCertificate({ target, subject, daysLeft, endsOn }: Record<string, unknown>): CertificateFacts | undefined {
  if (typeof target !== 'string' || typeof daysLeft !== 'number' || typeof endsOn !== 'string') return undefined;
  return { target, subject: typeof subject === 'string' ? subject : '', daysLeft, endsOn };
}

function describeReason(texts: Texts, code: string | null, facts: Omit<TextFacts, 'reason'>): string {
  if (code === null) return '';
  return isAlertReason(code) ? texts.reasons[code](facts) : texts.otherReason(code);
}
