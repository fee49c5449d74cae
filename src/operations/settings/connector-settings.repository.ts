import type { Queryable } from '../../platform/database/database';
import type { ConnectorSettings } from './connector-settings';

const SETTINGS = `select name, membership, removal_limit_percent as "removalLimitPercent",
    sync_interval_seconds as "syncIntervalSeconds", mobile_calling as "mobileCalling"
  from connectors where connector_id = $1`;

export class ConnectorSettingsRepository {
  /** undefined: there is no such connector. */
  async find(connectorId: string, via: Queryable): Promise<ConnectorSettings | undefined> {
    const { rows } = await via.query<ConnectorSettings>(SETTINGS, [connectorId]);
    return rows[0];
  }

  /** Kept from changing until the transaction ends. */
  async lock(connectorId: string, transaction: Queryable): Promise<ConnectorSettings | undefined> {
    const { rows } = await transaction.query<ConnectorSettings>(`${SETTINGS} for no key update`, [connectorId]);
    return rows[0];
  }

  async save(connectorId: string, settings: ConnectorSettings, transaction: Queryable): Promise<void> {
    await transaction.query(
      `update connectors set name = $2, membership = $3, removal_limit_percent = $4, sync_interval_seconds = $5,
         mobile_calling = $6, updated_at = now()
       where connector_id = $1`,
      [
        connectorId,
        settings.name,
        settings.membership,
        settings.removalLimitPercent,
        settings.syncIntervalSeconds,
        settings.mobileCalling,
      ],
    );
  }
}
