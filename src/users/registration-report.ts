import type { SipSource } from '../sip/sip-source';

export const PLATFORMS = ['desktop', 'mobile'] as const;
export type Platform = (typeof PLATFORMS)[number];

export const OUTCOMES = ['registered', 'failed', 'unregistered'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The code of a report and who made it. */
export interface SipResult {
  code: number;
  reason: string;
  source: SipSource;
}

/** What one device last said of its SIP registration, as far as the status depends on it. */
export interface RegistrationReport {
  deviceId: string;
  platform: Platform;
  outcome: Outcome;
  sip: SipResult | null;
  /** First report of an unbroken row of equal outcomes and codes. */
  since: Date;
  reportedAt: Date;
  /** From this moment on the report says nothing any more; see report-lifetime.ts. */
  expiresAt: Date;
}
