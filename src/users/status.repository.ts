import { Injectable } from '@nestjs/common';
import type { UserKey } from '../access/user-key';
import { Database } from '../platform/database/database';
import { Freshness } from './freshness';
import { groupRows, REGISTRATION_COLUMNS, STATUS_COLUMNS, toStatusRecord, type JoinedRow } from './record-rows';
import type { StatusRecord } from './user-record';

export interface StatusReading extends StatusRecord {
  /** When both sides were last read, as answers write it; null: never yet. */
  asOf: string | null;
}

export interface StatusQuestion {
  connectorId: string;
  user: UserKey;
}

/** `as_of` is there when it was asked for. */
type StatusRow = JoinedRow & { as_of?: Date | null };
type NameColumn = 'email' | 'zoom_user_id';

const select = (column: NameColumn, more = '', join = ''): string => `
  select ${STATUS_COLUMNS}, ${REGISTRATION_COLUMNS}${more}
  from unnest($1::uuid[], $2::text[]) as k (connector_id, name)
  join integrated_users u on u.connector_id = k.connector_id and u.${column} = k.name
  left join registrations r on r.connector_id = u.connector_id and r.user_id = u.user_id${join}`;

const selectWithAsOf = (column: NameColumn): string =>
  select(column, ', n.synced_at as as_of', ' join connectors n on n.connector_id = u.connector_id');

// One prepared statement per way to name a user: an OR over both would cost the index lookup.
const PLAIN = {
  email: { name: 'status-by-email', text: select('email') },
  zoom_id: { name: 'status-by-zoom-id', text: select('zoom_user_id') },
} as const;
const WITH_AS_OF = {
  email: { name: 'status-by-email-as-of', text: selectWithAsOf('email') },
  zoom_id: { name: 'status-by-zoom-id-as-of', text: selectWithAsOf('zoom_user_id') },
} as const;

@Injectable()
export class StatusRepository {
  constructor(
    private readonly database: Database,
    private readonly freshness: Freshness,
  ) {}

  /** One query in any case. All questions must name their users in the same way. */
  async find(kind: UserKey['kind'], questions: readonly StatusQuestion[]): Promise<StatusReading[]> {
    const connectorIds = questions.map((question) => question.connectorId);
    const known = this.freshness.ofAll(connectorIds);
    const { name, text } = (known === undefined ? WITH_AS_OF : PLAIN)[kind];
    const values = [connectorIds, questions.map((question) => question.user.value)];
    const { rows } = await this.database.query<StatusRow>({ name, text, values });
    return groupRows(rows, (row) => {
      const asOf = known?.get(row.connector_id) ?? this.learn(row);
      return Object.assign(toStatusRecord(row), { asOf });
    });
  }

  private learn({ connector_id: connectorId, as_of: syncedAt }: StatusRow): string | null {
    return syncedAt === undefined ? null : this.freshness.learn(connectorId, syncedAt);
  }
}
