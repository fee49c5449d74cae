import type { Queryable } from '../platform/database/database';
import type { RiskReason } from './grant';
import type { Provider } from './provider';

/** What the connector does when grants end, falter and recover. Here as a port, because oauth lies below connector. */
export abstract class GrantListener {
  /** Called inside the transaction that has ended the grant. @returns whether another grant is active now */
  abstract grantDied(
    transaction: Queryable,
    died: { connectorId: string; provider: Provider; grantId: string; reason: string },
  ): Promise<boolean>;

  /** Called inside the transaction that has flagged the grant. @returns whether another grant has taken over from it */
  abstract grantAtRisk(
    transaction: Queryable,
    flagged: { connectorId: string; provider: Provider; grantId: string; reason: RiskReason },
  ): Promise<boolean>;

  /** Zoom has told why a grant ended, after a refusal had ended it: its admin has removed the app. */
  abstract appRemoved(transaction: Queryable, removed: { connectorId: string; grantId: string }): Promise<void>;

  /** Called inside the transaction that has seen a flagged grant work again. */
  abstract grantRecovered(
    transaction: Queryable,
    recovered: { connectorId: string; provider: Provider; grantId: string },
  ): Promise<void>;
}
