import { NEXT_TARGET_CODES, SAME_TARGET_CODES, STOP_CODES } from '../sip/failover';
import { planRegistration } from '../sip/plan-registration';
import type { Place } from '../sip/place-of';
import type { FailoverDto, HandOutDto, HashDto } from './hand-out.dto';
import type { CredentialHolder, SealedCredential } from './hand-out.repository';
import { readLicences } from './read-licences';
import type { Platform } from './registration-report';

export interface HandOutFacts extends CredentialHolder {
  credential: SealedCredential;
  /** Opened, strongest first. */
  hashes: HashDto[];
  platform: Platform;
  place: Place;
}

const FAILOVER: FailoverDto = {
  nextTarget: { codes: [...NEXT_TARGET_CODES], withoutAnswer: true },
  sameTarget: { codes: [...SAME_TARGET_CODES] },
  stop: { codes: [...STOP_CODES] },
  otherwise: 'stop',
};

export function describeHandOut(facts: HandOutFacts): HandOutDto {
  const { credential, hashes, platform, place, zoomPhone, mobileCalling } = facts;
  const [strongest] = hashes;
  // The table forbids it (sip_credentials_has_a_hash).
  if (strongest === undefined) throw new Error('a stored credential has no hash');
  const { userName, authUserName, realm, targets } = credential;
  const { teleworker } = readLicences(facts.licences);
  const plan = planRegistration({ platform, place, targets, teleworkerLicences: teleworker, zoomPhone, mobileCalling });
  return {
    sip: { userName, authUserName, realm, ...strongest },
    credentials: hashes,
    place,
    targets: plan.targets,
    failover: FAILOVER,
    registrationExpires: plan.expires,
    devices: { limit: plan.deviceLimit, registered: facts.liveDevices, teleworkerLicences: teleworker },
    features: { mobile: plan.mobile, hybrid: plan.hybrid },
    asOf: facts.asOf?.toISOString() ?? null,
  };
}
