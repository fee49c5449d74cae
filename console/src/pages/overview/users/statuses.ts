import type { Tone } from '../tone';

/** Statuses of users who are integrated, in the order that they are shown. */
export const SHOWN_STATUSES = ['registered', 'inactive', 'pending', 'sip_error'] as const;
export type ShownStatus = (typeof SHOWN_STATUSES)[number];

export const STATUS_TONES: Record<ShownStatus, Tone> = {
  registered: 'good',
  inactive: 'calm',
  pending: 'blue',
  sip_error: 'bad',
};
