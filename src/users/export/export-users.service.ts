import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import type { Language } from '../../platform/config/config';
import { describeUser } from '../describe-user';
import { DueStatuses } from '../due-statuses.service';
import type { UserListing } from '../list-cursor';
import type { UserFilter } from '../user-filter';
import { BY_EMAIL, type UserPlace } from '../user-order';
import { UsersRepository } from '../users.repository';
import { BYTE_ORDER_MARK, csvLine, type SeparatorName } from './csv-line';
import { headerCells, userCells } from './user-columns';

/** In memory at once, whatever the number of users. */
const PAGE = 500;

export interface ExportForm {
  separator: SeparatorName;
  language: Language;
}

export interface UserExportFile {
  /** Users at the begin: some may come or go while it is written. */
  count: number;
  /** Read on only as it is taken: whoever stops taking stops the reading. */
  text: AsyncGenerator<string, void>;
}

/** The list of users as a CSV file. */
@Injectable()
export class ExportUsers {
  constructor(
    private readonly users: UsersRepository,
    private readonly due: DueStatuses,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Nothing of a user leaves before the audit says so. */
  async open(connectorId: string, filter: UserFilter, form: ExportForm, actor: Actor): Promise<UserExportFile> {
    const now = this.clock.now();
    await this.due.settle(now, { connectorId });
    const count = await this.users.count(connectorId, filter, now);
    const chosen = Object.entries(filter).filter(
      (entry): entry is [string, string | number | boolean] => entry[1] !== undefined,
    );
    const details = { count, ...Object.fromEntries(chosen) };
    await this.audit.record({ connectorId, ...actor, action: 'users.exported', details });
    return { count, text: this.write({ connectorId, filter, order: BY_EMAIL }, form, now) };
  }

  /** Page by page, each a piece of text; no connection to the database is held between two. */
  private async *write(
    listing: UserListing,
    { separator, language }: ExportForm,
    now: Date,
  ): AsyncGenerator<string, void> {
    yield BYTE_ORDER_MARK + csvLine(headerCells(language), separator);
    let after: UserPlace | undefined;
    do {
      const page = await this.users.page(listing, { after, limit: PAGE, now });
      if (page.length > 0)
        yield page.map((user) => csvLine(userCells(describeUser(user, now, language)), separator)).join('');
      after = page.length === PAGE ? page.at(-1)?.place : undefined;
    } while (after !== undefined);
  }
}
