import { assertNever } from '../../platform/errors/assert-never';
import type { PendingDelivery } from './pending-delivery';

/** Whether an admin must authorise for things to go on, or not to stop. */
export function needsAdmin({ alert, hasActiveGrant }: Pick<PendingDelivery, 'alert' | 'hasActiveGrant'>): boolean {
  switch (alert.kind) {
    case 'grant.at_risk':
    case 'connector.reauthorization_required':
      return true;
    case 'grant.dead':
      return !hasActiveGrant;
    case 'grant.switched':
    case 'connector.recovered':
    case 'connector.disconnected':
    case 'target.certificate_expiring':
      return false;
    default:
      return assertNever(alert.kind);
  }
}
