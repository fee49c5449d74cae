import { unknownConnector } from '../access/unknown-connector';
import type { Queryable } from '../platform/database/database';

/** A setting is changed while its connector is there. @throws AppError `not_found` */
export async function lockConnector(connectorId: string, transaction: Queryable): Promise<void> {
  const { rowCount } = await transaction.query('select from connectors where connector_id = $1 for no key update', [
    connectorId,
  ]);
  if (rowCount !== 1) throw unknownConnector();
}
