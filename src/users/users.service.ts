import { Injectable } from '@nestjs/common';
import { unknownUser } from '../access/unknown-user';
import { parseUserKey } from '../access/user-key';
import { Clock } from '../platform/clock/clock';
import type { Language } from '../platform/config/config';
import { describeUser, describeUserDetail } from './describe-user';
import { DueStatuses } from './due-statuses.service';
import { readCursor, writeCursor } from './list-cursor';
import type { UserFilter } from './user-filter';
import type { ListUsersQuery, UserDetailDto, UserListDto } from './users.dto';
import { UsersRepository } from './users.repository';

/** The read side of integrated users. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly due: DueStatuses,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `invalid_request` for a cursor of another list */
  async list(connectorId: string, query: ListUsersQuery, language: Language): Promise<UserListDto> {
    const q = query.q?.trim();
    const { status, platform } = query;
    const missing = query.missing === undefined ? undefined : query.missing === 'true';
    const filter: UserFilter = { status, platform, missing, q: q === '' ? undefined : q };
    const after = query.cursor === undefined ? undefined : readCursor(connectorId, filter, query.cursor);
    const now = this.clock.now();
    // The filter reads the stored status: bring it up to date first.
    await this.due.settle(now, { connectorId });
    const found = await this.users.page(connectorId, filter, { after, limit: query.limit + 1, now });
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    return {
      items: page.map((user) => describeUser(user, now, language)),
      nextCursor: last === undefined ? null : writeCursor(connectorId, filter, last.email),
    };
  }

  /** Removed users are shown, too. @throws AppError `not_found` */
  async get(connectorId: string, user: string, language: Language): Promise<UserDetailDto> {
    const found = await this.users.find(connectorId, parseUserKey(user));
    if (found === undefined) throw unknownUser();
    return describeUserDetail(found, this.clock.now(), language);
  }
}
