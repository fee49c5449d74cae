import type { Registration } from './registration';
import { reportExpiry } from './report-lifetime';

/** A report as it came in, without what time and the report before it add. */
export type FreshReport = Omit<Registration, 'since' | 'reportedAt' | 'expiresAt'> & { expiresIn: number };

/** A report that another one of its device has overtaken. */
export const isOvertaken = (previous: Registration | undefined, report: FreshReport): boolean =>
  report.sequence !== null && (previous?.sequence ?? null) !== null && report.sequence <= Number(previous?.sequence);

/** The row that a report makes of the row before it. */
export function nextRegistration(previous: Registration | undefined, report: FreshReport, now: Date): Registration {
  // Field by field: spread out, it took more time than anything else that is made of a report.
  return {
    deviceId: report.deviceId,
    platform: report.platform,
    outcome: report.outcome,
    appVersion: report.appVersion,
    target: report.target,
    sip: report.sip,
    since: previous !== undefined && continues(previous, report, now) ? previous.since : now,
    reportedAt: now,
    expiresAt: reportExpiry(report.outcome, now, report.expiresIn),
    sequence: report.sequence,
  };
}

/** A registration that ran out before it was repeated has a gap; what was unregistered stays so. */
function continues(previous: Registration, report: FreshReport, now: Date): boolean {
  if (previous.outcome !== report.outcome || previous.platform !== report.platform) return false;
  if (report.outcome === 'failed' && previous.sip?.code !== report.sip?.code) return false;
  return report.outcome === 'unregistered' || previous.expiresAt > now;
}
