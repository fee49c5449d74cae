/**
 * OUR ASSUMPTIONS, NOT ZOOM'S OR MITEL'S DOCUMENTATION.
 * The vendors document their interfaces and, in prose, what a customer has to set up; how the one shows in the other is
 * written nowhere. This file is the one place that knows what we take for the sign of what. The checks that rest on it
 * say so in their answer (`isAssumption`). When the vendors say more, only this file changes.
 */
import type { CheckCode } from './check-codes';

export const ASSUMED: ReadonlySet<CheckCode> = new Set<CheckCode>([
  // Zoom documents the list of SIP phones for PBXs of Cisco and Avaya; that the same switch opens it for Mitel is assumed.
  'zoom_psi_enabled',
  // No field says "may use Phone System Integration": any paid seat is taken for good enough.
  'zoom_licence',
  // `read write` is what public samples show; Mitel's own description knows the one scope `principal`.
  'cloudlink_scopes',
  // The resource of SIP credentials is an assumption as a whole (src/cloudlink/psi-credentials.ts), and its licences with it.
  'cloudlink_integration',
  'licence_zoom_psi',
  'licence_teleworker',
  // A mobile app that is registered proves that the switch is on; nothing proves that it is off.
  'mobile_calling',
]);

/** The first app that can be a phone of a Mitel system (Zoom's article on the integration). */
export const LEAST_APP_VERSION = '6.3.6';

/** What a role needs: without the first ones nothing works, without the others some of these checks do not. */
export const ZOOM_PRIVILEGES = {
  needed: ['User:Read', 'SipPhone:Read', 'SipPhone:Edit'],
  useful: ['PbxAdmin:Read'],
} as const;

/** Granular scope → the classic ones that include it; both kinds of apps exist. */
export const ZOOM_SCOPES: Record<'needed' | 'useful', Readonly<Record<string, readonly string[]>>> = {
  needed: {
    'user:read:list_users:admin': ['user:read:admin', 'user:write:admin'],
    'user:read:user:admin': ['user:read:admin', 'user:write:admin'],
    'user:read:list_permissions:admin': ['user:read:admin', 'user:write:admin'],
  },
  useful: {
    'phone:read:settings:admin': ['phone:read:admin', 'phone:write:admin'],
    'sip_phone:read:list_sip_phones:admin': ['sip_phone:read:admin', 'sip_phone:write:admin'],
  },
};

/** Either of them is enough to read with. */
export const CLOUDLINK_SCOPES = ['read', 'principal'] as const;

/** Desktop and mobile: one each. */
export const TELEWORKER_LICENCES = 2;

/** Zoom's user types: 2 is a paid seat; 1 (Basic), 4 (unassigned) and 99 (none) are not. */
export const isPaidSeat = (seat: { type: number | undefined; unitedPlan: string | undefined }): boolean | undefined => {
  if (seat.unitedPlan !== undefined && /^[1-9]\d*$/.test(seat.unitedPlan)) return true;
  return seat.type === undefined ? undefined : seat.type === 2;
};

/** From here on signatures, tokens and the order of events suffer (Mitel asks for NTP, Zoom signs with a time). */
export const CLOCK_LIMITS_MS = { warning: 60_000, failed: 300_000 } as const;
