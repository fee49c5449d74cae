import { unknownUser } from '../access/unknown-user';
import { followTime } from './follow-time';
import { moveStatus } from './move-status';
import { isOvertaken, nextRegistration } from './next-registration';
import { pickSurplus } from './pick-surplus';
import type { Registration } from './registration';
import type { NamedReport } from './report-batcher';
import { foreignDevice, userPending } from './user-errors';
import { factsOf, type StatusRecord } from './user-record';

/** `repeats`: says what the report before said; `overtaken`: older than what is stored. */
export type ReportEffect = 'new' | 'repeats' | 'overtaken';

/**
 * What a report makes of its user, in place: `record` is the picture of a batch, which the next report of the same user
 * goes on with. Pure apart from that. @throws AppError `not_found`, `user_pending`, `insufficient_scope`; IllegalTransitionError for a row that somebody broke by hand
 */
export function applyReport(
  record: StatusRecord | undefined,
  { report, only }: Pick<NamedReport, 'report' | 'only'>,
  now: Date,
): ReportEffect {
  if (record === undefined || record.status === 'removed') throw unknownUser();
  if (record.credentialState !== 'ready') throw userPending();
  const previous = record.registrations.find(({ deviceId }) => deviceId === report.deviceId);
  if (only !== undefined && previous !== undefined && previous.platform !== only) throw foreignDevice();
  if (isOvertaken(previous, report)) return 'overtaken';
  const before = followTime(record, factsOf(record), now);
  const next = nextRegistration(previous, report, now);
  const all = [...record.registrations.filter((other) => other !== previous), next];
  const surplus = new Set(pickSurplus(all, now));
  const registrations = all.filter(({ deviceId }) => !surplus.has(deviceId));
  // The last that may throw: until here the picture is as it was.
  const after = moveStatus(before, factsOf({ ...record, registrations }), now);
  Object.assign(record, after, { registrations });
  return previous !== undefined && isRepeated(previous, next) ? 'repeats' : 'new';
}

/** Equal in everything but time. */
function isRepeated(a: Registration, b: Registration): boolean {
  return (
    a.platform === b.platform &&
    a.outcome === b.outcome &&
    a.appVersion === b.appVersion &&
    a.since.getTime() === b.since.getTime() &&
    a.sip?.code === b.sip?.code &&
    a.sip?.reason === b.sip?.reason &&
    a.sip?.source === b.sip?.source &&
    a.target?.role === b.target?.role &&
    a.target?.host === b.target?.host &&
    a.target?.port === b.target?.port &&
    a.target?.transport === b.target?.transport
  );
}
