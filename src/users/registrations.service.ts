import { Injectable } from '@nestjs/common';
import { parseUserKey } from '../access/user-key';
import { invalidRequest } from '../platform/http/validation';
import { checkReport } from './check-report';
import type { FreshReport } from './next-registration';
import { PushBindings } from './push/push-bindings';
import type { Platform } from './registration-report';
import { ReportBatcher } from './report-batcher';
import type { ReportRegistrationDto } from './report-registration.dto';

/** What devices report of their SIP registration. */
@Injectable()
export class RegistrationsService {
  constructor(
    private readonly reports: ReportBatcher,
    private readonly pushes: PushBindings,
  ) {}

  /**
   * Repeating a report is harmless.
   * @param only of an app: it may not write over a device of another platform
   * @throws AppError `invalid_request`, `not_found`, `user_pending`, `insufficient_scope`, `unavailable`
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
    const device = { connectorId, user: parseUserKey(user), deviceId };
    await this.reports.write({ connectorId, user: device.user, report: toFreshReport(deviceId, body), only });
    // Most reports do not mention it, and what they do not mention stays.
    const { push, sequence = null } = body;
    if (push === null) await this.pushes.drop(device, sequence);
    else if (push !== undefined) await this.pushes.put(device, { ...push }, sequence);
  }
}

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
    sequence: body.sequence ?? null,
  };
}
