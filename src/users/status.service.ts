import { Injectable } from '@nestjs/common';
import { unknownUser } from '../access/unknown-user';
import { parseUserKey } from '../access/user-key';
import { Clock } from '../platform/clock/clock';
import type { Language } from '../platform/config/config';
import { describeRegistration, describeSip } from './describe-registration';
import { presentStatus } from './present-status';
import { StatusBatcher } from './status-batcher';
import type { UserStatusDto } from './status.dto';
import type { StatusReading } from './status.repository';
import type { StatusesDto } from './statuses.dto';

/** The hot path: what Zoom's cloud asks most. */
@Injectable()
export class StatusService {
  constructor(
    private readonly statuses: StatusBatcher,
    private readonly clock: Clock,
  ) {}

  /** Removed users are shown, too. @throws AppError `not_found` */
  async get(connectorId: string, user: string, language: Language): Promise<UserStatusDto> {
    const record = await this.statuses.read(connectorId, parseUserKey(user));
    if (record === undefined) throw unknownUser();
    return describe(record, this.clock.now(), language);
  }

  /** Each user once, however often and by whichever name they are asked for. */
  async getMany(connectorId: string, users: readonly string[], language: Language): Promise<StatusesDto> {
    const names = [...new Set(users)];
    const read = await Promise.all(names.map((name) => this.statuses.read(connectorId, parseUserKey(name))));
    const known = new Map(read.flatMap((record) => (record === undefined ? [] : [[record.userId, record] as const])));
    const now = this.clock.now();
    return {
      items: [...known.values()].map((record) => describe(record, now, language)),
      unknown: names.filter((_, index) => read[index] === undefined),
    };
  }
}

function describe(record: StatusReading, now: Date, language: Language): UserStatusDto {
  const { status, since, sip } = presentStatus(record, now);
  return {
    userId: record.zoomUserId,
    email: record.email,
    status,
    since: since.toISOString(),
    sip: describeSip(sip?.sip ?? null, language),
    registrations: record.registrations.map((registration) => describeRegistration(registration, now, language)),
    syncedAt: record.syncedAt?.toISOString() ?? null,
    asOf: record.asOf,
  };
}
