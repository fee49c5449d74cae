import type { Language } from '../platform/config/config';
import { describeSipCode } from '../sip/sip-codes';
import type { Registration } from './registration';
import type { SipResult } from './registration-report';
import type { RegistrationDto, RegistrationState, SipFailureDto } from './status.dto';

export function describeSip(sip: SipResult | null, language: Language): SipFailureDto | null {
  if (sip === null) return null;
  const { phrase, meaning, check } = describeSipCode(sip.code, sip.source, language);
  return { code: sip.code, phrase, reason: sip.reason, source: sip.source, meaning, check };
}

export function describeRegistration(registration: Registration, now: Date, language: Language): RegistrationDto {
  return {
    platform: registration.platform,
    deviceId: registration.deviceId,
    state: stateOf(registration, now),
    appVersion: registration.appVersion,
    target: registration.target,
    since: registration.since.toISOString(),
    reportedAt: registration.reportedAt.toISOString(),
    expiresAt: registration.expiresAt.toISOString(),
    sip: describeSip(registration.sip, language),
  };
}

/** What a report says now: time ends it, too. */
export const stateOf = ({ outcome, expiresAt }: Registration, now: Date): RegistrationState =>
  outcome === 'unregistered' || expiresAt > now ? outcome : 'expired';
