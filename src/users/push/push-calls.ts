import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { ConnectorCiphers } from '../../platform/crypto/connector-cipher';
import { Database } from '../../platform/database/database';
import { spellAddress, type Push } from './push-address';

/** As long as an SBC may hold a call for a sleeping app, and ask again meanwhile. */
export const SAME_CALL_MS = 30_000;

/** For which calls a push is under way, across all processes. */
@Injectable()
export class PushCalls {
  constructor(
    private readonly database: Database,
    private readonly ciphers: ConnectorCiphers,
    private readonly clock: Clock,
  ) {}

  /** Whether nobody has sent for this call and device of late: then the caller is to send. */
  async begin(connectorId: string, push: Push): Promise<boolean> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - SAME_CALL_MS);
    const { rowCount } = await this.database.query(
      `with swept as (delete from push_calls where (connector_id, call_hash) in (
         select connector_id, call_hash from push_calls where connector_id = $1 and at < $4 and call_hash <> $2
         limit 100 for update skip locked))
       insert into push_calls (connector_id, call_hash, at) values ($1, $2, $3)
       on conflict (connector_id, call_hash) do update set at = excluded.at where push_calls.at < $4`,
      [connectorId, await this.hashOf(connectorId, push), now, since],
    );
    return rowCount === 1;
  }

  /** It was not sent: who asks again is to be served. */
  async undo(connectorId: string, push: Push): Promise<void> {
    await this.database.query('delete from push_calls where connector_id = $1 and call_hash = $2', [
      connectorId,
      await this.hashOf(connectorId, push),
    ]);
  }

  private async hashOf(connectorId: string, push: Push): Promise<Buffer> {
    return (await this.ciphers.for(connectorId)).fingerprint(`call\n${push.callId}\n${spellAddress(push)}`);
  }
}
