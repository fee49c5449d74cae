import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database';
import type { SipSource } from '../../sip/sip-source';
import type { Platform } from '../registration-report';
import type { UserKey } from '../../access/user-key';
import type { UserStatus } from '../user-status';

/** So many of each user are kept; the trigger log_status_transitions knows the number, too. */
export const KEPT_TRANSITIONS = 50;

/** A move of one user's status, written by the database itself in the transaction that moved it. */
export interface Transition {
  /** Grows within a connector in the order of the commits. */
  position: number;
  email: string;
  zoomUserId: string | null;
  previous: UserStatus;
  status: UserStatus;
  at: Date;
  /** Which device failed, and how; null where the status is not `sip_error`. */
  failure: { platform: Platform; code: number; reason: string; source: SipSource } | null;
}

interface TransitionRow {
  position: string;
  email: string;
  zoom_user_id: string | null;
  previous: UserStatus;
  status: UserStatus;
  at: Date;
  platform: Platform | null;
  sip_code: number | null;
  sip_reason: string | null;
  sip_source: SipSource | null;
}

const COLUMNS = `t.position, u.email, u.zoom_user_id, t.previous, t.status, t.at, t.platform, t.sip_code, t.sip_reason, t.sip_source`;

@Injectable()
export class TransitionRepository {
  constructor(private readonly database: Database) {}

  /** Newest first; undefined: no such user. */
  async ofUser(connectorId: string, user: UserKey): Promise<Transition[] | undefined> {
    const { rows } = await this.database.query<TransitionRow | { email: string; position: null }>(
      `select ${COLUMNS} from integrated_users u
       left join status_transitions t on t.connector_id = u.connector_id and t.user_id = u.user_id
       where u.connector_id = $1 and u.${user.kind === 'email' ? 'email' : 'zoom_user_id'} = $2
       order by t.position desc limit ${KEPT_TRANSITIONS}`,
      [connectorId, user.value],
    );
    if (rows.length === 0) return undefined;
    return rows.flatMap((row) => (row.position === null ? [] : [toTransition(row)]));
  }

  /** In order. What has a higher position is committed later, so a reader that goes on from the last one misses nothing. */
  async after(connectorId: string, position: number, limit: number): Promise<Transition[]> {
    // Not a named statement: the plan that PostgreSQL keeps while there are few users scans them all when there are many.
    const { rows } = await this.database.query<TransitionRow>(
      `select ${COLUMNS} from status_transitions t
       join integrated_users u on u.connector_id = t.connector_id and u.user_id = t.user_id
       where t.connector_id = $1 and t.position > $2 order by t.position limit $3`,
      [connectorId, position, limit],
    );
    return rows.map(toTransition);
  }

  /** The last position that can be read; 0: nothing has moved yet. */
  async lastPosition(connectorId: string): Promise<number> {
    const { rows } = await this.database.query<{ last_position: string }>(
      'select last_position from status_feeds where connector_id = $1',
      [connectorId],
    );
    return Number(rows[0]?.last_position ?? 0);
  }
}

function toTransition(row: TransitionRow): Transition {
  const { platform, sip_code: code, sip_source: source } = row;
  return {
    position: Number(row.position),
    email: row.email,
    zoomUserId: row.zoom_user_id,
    previous: row.previous,
    status: row.status,
    at: row.at,
    failure:
      platform === null || code === null || source === null
        ? null
        : { platform, code, reason: row.sip_reason ?? '', source },
  };
}
