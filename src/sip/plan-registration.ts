import { orderTargets, type TargetPlatform } from './order-targets';
import type { RegistrationTarget } from './parse-target';
import type { Place } from './place-of';

/** RFC 3261 section 10.2.1.1 suggests an hour; SBCs shorten it as they like. */
const REGISTRATION_EXPIRES_SECONDS = 3600;

/** A user has one desktop and one mobile app, each with a Teleworker licence; a registrar refuses a third with 503. */
export const MAX_DEVICES_AT_ONCE = 2;

/** Everything that the way of registering depends on. */
export interface RegistrationFacts {
  platform: TargetPlatform;
  place: Place;
  /** All of the user's, as CloudLink gives them. */
  targets: readonly RegistrationTarget[];
  /** null or 0: CloudLink says nothing of them, or counts none. */
  teleworkerLicences: number | null;
  /** Whether Zoom gave the user a Zoom Phone licence besides; null: not known. */
  zoomPhone: boolean | null;
  /** Whether the customer lets mobile apps register at all. */
  mobileCalling: boolean;
}

export interface RegistrationPlan {
  /** In the order in which to try them. */
  targets: RegistrationTarget[];
  /** Seconds to ask the registrar for. */
  expires: number;
  /** How many devices may be registered at once. */
  deviceLimit: number;
  /** Whether a mobile app of the user may register, and has a place for it. */
  mobile: boolean;
  /** The app has two lines: this one and Zoom Phone. null: not known. */
  hybrid: boolean | null;
}

/** How an app registers: where, in which order, for how long, beside how many others. */
export function planRegistration(facts: RegistrationFacts): RegistrationPlan {
  const { platform, place, targets, teleworkerLicences, zoomPhone, mobileCalling } = facts;
  return {
    targets: orderTargets(targets, platform, place),
    expires: REGISTRATION_EXPIRES_SECONDS,
    deviceLimit: limitDevices(teleworkerLicences),
    mobile: mobileCalling && orderTargets(targets, 'mobile', place).length > 0,
    hybrid: zoomPhone,
  };
}

/** Licences that nobody counted limit nothing here: whether such a user may register is for the registrar to say. */
const limitDevices = (licences: number | null): number =>
  licences === null || licences < 1 ? MAX_DEVICES_AT_ONCE : Math.min(licences, MAX_DEVICES_AT_ONCE);
