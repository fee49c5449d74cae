import { AppError } from '../platform/errors/app-error';
import { assertNever } from '../platform/errors/assert-never';
import type { SyncedConnector } from './synced-connector.repository';

/** Only an active connector syncs. @throws AppError that says what is to be done first */
export function requireActive(connector: SyncedConnector | undefined): SyncedConnector {
  if (connector === undefined) throw new AppError('not_found', 'There is no such connector.');
  switch (connector.state) {
    case 'active':
      return connector;
    case 'pending':
      throw new AppError('connector_not_active', 'The connector is not authorised on both sides yet.');
    case 'reauthorization_required':
      throw new AppError(
        'reauthorization_required',
        'An authorisation has ended: an admin must authorise the connector again.',
      );
    case 'disconnected':
      throw new AppError('connector_not_active', 'The connector is disconnected.');
    default:
      return assertNever(connector.state);
  }
}
