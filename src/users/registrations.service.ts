import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { unknownUser } from '../access/unknown-user';
import { parseUserKey } from '../access/user-key';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { invalidRequest } from '../platform/http/validation';
import { checkReport } from './check-report';
import { followTime } from './follow-time';
import { moveStatus } from './move-status';
import { nextRegistration, type FreshReport } from './next-registration';
import { pickSurplus } from './pick-surplus';
import { RegistrationsRepository } from './registrations.repository';
import type { Platform } from './registration-report';
import type { ReportRegistrationDto } from './report-registration.dto';
import { StoredStatusRepository } from './stored-status.repository';
import { foreignDevice, userPending } from './user-errors';
import { factsOf } from './user-record';

/** What devices report of their SIP registration. */
@Injectable()
export class RegistrationsService {
  constructor(
    private readonly database: Database,
    private readonly statuses: StoredStatusRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Repeating a report is harmless.
   * @param only of an app: it may not write over a device of another platform
   * @throws AppError `invalid_request`, `not_found`, `user_pending`, `insufficient_scope`
   */
  async report(
    connectorId: string,
    user: string,
    deviceId: string,
    body: ReportRegistrationDto,
    only?: Platform,
  ): Promise<void> {
    const problems = checkReport(body);
    if (problems.length > 0) throw invalidRequest(problems);
    await this.database.transaction((transaction) =>
      this.apply(connectorId, user, toFreshReport(deviceId, body), only, transaction),
    );
  }

  private async apply(
    connectorId: string,
    user: string,
    report: FreshReport,
    only: Platform | undefined,
    transaction: PoolClient,
  ): Promise<void> {
    const record = await this.statuses.lock(connectorId, parseUserKey(user), transaction);
    if (record === undefined || record.status === 'removed') throw unknownUser();
    if (record.credentialState !== 'ready') throw userPending();
    // Taken under the lock, so that the reports of one user are dated in the order in which they are written.
    const now = this.clock.now();
    const before = followTime(record, factsOf(record), now);
    const previous = record.registrations.find(({ deviceId }) => deviceId === report.deviceId);
    if (only !== undefined && previous !== undefined && previous.platform !== only) throw foreignDevice();
    const next = nextRegistration(previous, report, now);
    const all = [...record.registrations.filter((other) => other !== previous), next];
    const surplus = pickSurplus(all, now);
    const kept = all.filter(({ deviceId }) => !surplus.includes(deviceId));
    const after = moveStatus(before, factsOf({ ...record, registrations: kept }), now);
    await this.registrations.put(record, next, transaction);
    if (surplus.length > 0) await this.registrations.drop(record, surplus, transaction);
    if (!isSame(record, after)) await this.statuses.save([{ ...record, ...after }], transaction);
  }
}

function isSame(a: StatusFields, b: StatusFields): boolean {
  return (
    a.status === b.status &&
    a.statusSince.getTime() === b.statusSince.getTime() &&
    a.statusExpiresAt?.getTime() === b.statusExpiresAt?.getTime()
  );
}

type StatusFields = Parameters<typeof followTime>[0];

function toFreshReport(deviceId: string, body: ReportRegistrationDto): FreshReport {
  const { target, sip } = body;
  return {
    deviceId,
    platform: body.platform,
    outcome: body.outcome,
    appVersion: body.appVersion ?? null,
    // Rebuilt, so that what is stored has our fields and no class of the edge.
    target:
      target === undefined || target === null
        ? null
        : { role: target.role ?? null, host: target.host, port: target.port, transport: target.transport },
    sip: sip === undefined || sip === null ? null : { code: sip.code, reason: sip.reason, source: sip.source },
    expiresIn: body.expiresIn ?? 0,
  };
}
