import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { groupRows, REGISTRATION_COLUMNS, STATUS_COLUMNS, toStatusRecord, type JoinedRow } from './record-rows';
import type { StatusRecord } from './user-record';
import type { UserKey } from './user-key';

export interface StatusQuestion {
  connectorId: string;
  user: UserKey;
}

const select = (column: 'email' | 'zoom_user_id'): string => `
  select ${STATUS_COLUMNS}, ${REGISTRATION_COLUMNS}
  from unnest($1::uuid[], $2::text[]) as k (connector_id, name)
  join integrated_users u on u.connector_id = k.connector_id and u.${column} = k.name
  left join registrations r on r.connector_id = u.connector_id and r.user_id = u.user_id`;

// One prepared statement per way to name a user: an OR over both would cost the index lookup.
const STATEMENTS = {
  email: { name: 'status-by-email', text: select('email') },
  zoom_id: { name: 'status-by-zoom-id', text: select('zoom_user_id') },
} as const;

@Injectable()
export class StatusRepository {
  constructor(private readonly database: Database) {}

  /** All questions must name their users in the same way. */
  async find(kind: UserKey['kind'], questions: readonly StatusQuestion[]): Promise<StatusRecord[]> {
    const { name, text } = STATEMENTS[kind];
    const values = [questions.map((q) => q.connectorId), questions.map((q) => q.user.value)];
    const { rows } = await this.database.query<JoinedRow>({ name, text, values });
    return groupRows(rows, toStatusRecord);
  }
}
