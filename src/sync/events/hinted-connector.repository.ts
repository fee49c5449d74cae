import type { Provider } from '../../oauth/provider';
import type { Queryable } from '../../platform/database/database';
import type { Membership } from '../plan-types';
import type { SyncedConnector } from '../synced-connector.repository';

export interface HintedConnector {
  connectorId: string;
  state: SyncedConnector['state'];
  membership: Membership;
}

const COLUMNS = 'connector_id as "connectorId", state, membership';

/** Whom a hint concerns. */
export class HintedConnectorRepository {
  async findByZoomAccount(accountId: string, via: Queryable): Promise<HintedConnector | undefined> {
    const { rows } = await via.query<HintedConnector>({
      name: 'hinted-connector-by-zoom-account',
      text: `select ${COLUMNS} from connectors where zoom_account_id = $1`,
      values: [accountId],
    });
    return rows[0];
  }

  async find(connectorId: string, via: Queryable): Promise<HintedConnector | undefined> {
    const { rows } = await via.query<HintedConnector>({
      name: 'hinted-connector',
      text: `select ${COLUMNS} from connectors where connector_id = $1`,
      values: [connectorId],
    });
    return rows[0];
  }

  /**
   * Holds the connector still. Not `for update`: a page of an open run that adds users needs their connector too (its
   * foreign key), while it holds the run that we lock next.
   */
  async lock(connectorId: string, transaction: Queryable): Promise<HintedConnector | undefined> {
    const { rows } = await transaction.query<HintedConnector>(
      `select ${COLUMNS} from connectors where connector_id = $1 for no key update`,
      [connectorId],
    );
    return rows[0];
  }

  /** Whether this person has given a grant that is in use or stands by. */
  async holdsGrant(connectorId: string, provider: Provider, subjectId: string, via: Queryable): Promise<boolean> {
    const { rowCount } = await via.query({
      name: 'hinted-connector-holds-grant',
      text: `select 1 from grants where connector_id = $1 and provider = $2 and subject_id = $3 and state <> 'dead'`,
      values: [connectorId, provider, subjectId],
    });
    return (rowCount ?? 0) > 0;
  }
}
