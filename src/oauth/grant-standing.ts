import { AdminStanding } from '../access/sessions/admin-standing';
import type { GrantHealth } from './grant-health';

/** For an admin who is signed in: their grant says whether the provider still knows them, and in which role. */
export class GrantStanding extends AdminStanding {
  constructor(private readonly health: GrantHealth) {
    super();
  }

  override look(connectorId: string, grantId: string): Promise<unknown> {
    return this.health.check(connectorId, grantId);
  }
}
