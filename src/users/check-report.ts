import type { FieldProblem } from '../platform/errors/app-error';
import type { ReportRegistrationDto } from './report-registration.dto';

/** Where the class-wide final failures begin (RFC 3261 section 7.2): below are progress and success. */
const FIRST_FAILURE = 300;

/** The rules between fields of one report; those within a field are on the DTO. */
export function checkReport(report: ReportRegistrationDto): FieldProblem[] {
  const { outcome, expiresIn, sip } = report;
  if (outcome === 'registered' && (expiresIn ?? 0) < 1) {
    return [{ field: 'expiresIn', rule: 'must be at least 1 when outcome is registered' }];
  }
  if (outcome !== 'failed') return [];
  if (sip === undefined || sip === null) return [{ field: 'sip', rule: 'must be given when outcome is failed' }];
  return sip.code < FIRST_FAILURE
    ? [{ field: 'sip.code', rule: `must not be less than ${FIRST_FAILURE} when outcome is failed` }]
    : [];
}
