import type { Queryable } from '../../platform/database/database';
import type { UserKey } from '../user-key';
import type { AppUserNames } from './app-identity';

/** A user of ours; ids come from our own tokens and tables. */
export interface AppUserId {
  connectorId: string;
  userId: string;
}
export type AppUser = AppUserId & AppUserNames;

const COLUMNS = `u.connector_id as "connectorId", u.user_id as "userId", u.email, u.zoom_user_id as "zoomUserId"`;
const MAY_ACT = `join connectors c on c.connector_id = u.connector_id and c.state <> 'disconnected'
  where u.status <> 'removed'`;

const selectOne = (column: string): string =>
  `select ${COLUMNS} from integrated_users u ${MAY_ACT} and u.connector_id = $1 and u.${column} = $2`;

const ONE = {
  email: { name: 'app-user-by-email', text: selectOne('email') },
  zoom_id: { name: 'app-user-by-zoom-id', text: selectOne('zoom_user_id') },
} as const;

const MANY = {
  name: 'app-users-by-id',
  text: `select ${COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (connector_id, user_id)
         join integrated_users u on u.connector_id = k.connector_id and u.user_id = k.user_id ${MAY_ACT}`,
} as const;

/** Users whom an app may act for: not removed, and their connector not disconnected. */
export class AppUserRepository {
  async find(via: Queryable, connectorId: string, { kind, value }: UserKey): Promise<AppUser | undefined> {
    const { rows } = await via.query<AppUser>({ ...ONE[kind], values: [connectorId, value] });
    return rows[0];
  }

  /** One query for all; who may not act is missing in the answer. */
  async findAll(via: Queryable, users: readonly AppUserId[]): Promise<AppUser[]> {
    const values = [users.map(({ connectorId }) => connectorId), users.map(({ userId }) => userId)];
    const { rows } = await via.query<AppUser>({ ...MANY, values });
    return rows;
  }
}
