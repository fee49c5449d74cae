import { assertNever } from '../platform/errors/assert-never';
import type { Outcome } from './registration-report';

/**
 * A failure is repeated by every app that keeps trying (most try again within minutes). One that is not repeated for
 * a day comes from an app that was closed or removed, and must not mark the user as faulty for ever.
 */
export const FAILURE_LIFETIME_SECONDS = 24 * 3600;

/** When a report of `reportedAt` stops to count; `expiresIn` is in seconds and belongs to `registered`. */
export function reportExpiry(outcome: Outcome, reportedAt: Date, expiresIn: number): Date {
  switch (outcome) {
    case 'registered':
      return new Date(reportedAt.getTime() + expiresIn * 1000);
    case 'failed':
      return new Date(reportedAt.getTime() + FAILURE_LIFETIME_SECONDS * 1000);
    case 'unregistered':
      return reportedAt;
    default:
      return assertNever(outcome);
  }
}
