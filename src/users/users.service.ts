import { Injectable } from '@nestjs/common';
import { unknownUser } from '../access/unknown-user';
import { parseUserKey } from '../access/user-key';
import { Clock } from '../platform/clock/clock';
import type { Language } from '../platform/config/config';
import { describeUser, describeUserDetail } from './describe-user';
import { DueStatuses } from './due-statuses.service';
import { readCursor, writeCursor, type UserListing } from './list-cursor';
import { readUserFilter } from './user-filter';
import type {
  ListUsersQuery,
  UserChoicesDto,
  UserCountDto,
  UserDetailDto,
  UserFilterQuery,
  UserListDto,
} from './users.dto';
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
    const { sort, order, cursor, limit } = query;
    const listing: UserListing = { connectorId, filter: readUserFilter(query), order: { sort, order } };
    const after = cursor === undefined ? undefined : readCursor(listing, cursor);
    const now = await this.settle(connectorId);
    const found = await this.users.page(listing, { after, limit: limit + 1, now });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((user) => describeUser(user, now, language)),
      nextCursor: last === undefined ? null : writeCursor(listing, last.place),
    };
  }

  async count(connectorId: string, query: UserFilterQuery): Promise<UserCountDto> {
    const now = await this.settle(connectorId);
    return { count: await this.users.count(connectorId, readUserFilter(query), now) };
  }

  async choices(connectorId: string): Promise<UserChoicesDto> {
    const now = await this.settle(connectorId);
    const [pbx, codes] = await Promise.all([
      this.users.pbxSystems(connectorId),
      this.users.failureCodes(connectorId, now),
    ]);
    return { pbx, codes };
  }

  /** Removed users are shown, too. @throws AppError `not_found` */
  async get(connectorId: string, user: string, language: Language): Promise<UserDetailDto> {
    const found = await this.users.find(connectorId, parseUserKey(user));
    if (found === undefined) throw unknownUser();
    return describeUserDetail(found, this.clock.now(), language);
  }

  /** Filters and orders read the stored status: it is brought up to date first. @returns the time to which it is */
  private async settle(connectorId: string): Promise<Date> {
    const now = this.clock.now();
    await this.due.settle(now, { connectorId });
    return now;
  }
}
