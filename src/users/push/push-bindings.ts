import { Injectable } from '@nestjs/common';
import type { UserKey } from '../../access/user-key';
import { Clock } from '../../platform/clock/clock';
import { ConnectorCiphers } from '../../platform/crypto/connector-cipher';
import { Database } from '../../platform/database/database';
import { spellAddress, type PushAddress } from './push-address';

interface Device {
  connectorId: string;
  user: UserKey;
  deviceId: string;
}

/** Which devices can be woken. Kept as a keyed hash, which goes with the connector's data key. */
@Injectable()
export class PushBindings {
  constructor(
    private readonly database: Database,
    private readonly ciphers: ConnectorCiphers,
    private readonly clock: Clock,
  ) {}

  /** After the report that brought it was stored; `sequence` is that of the report: one that was overtaken changes nothing. */
  async put({ connectorId, user, deviceId }: Device, address: PushAddress, sequence: number | null): Promise<void> {
    await this.database.query(
      `insert into push_bindings (connector_id, user_id, device_id, binding_hash, reported_at)
       select connector_id, user_id, device_id, $5, $6 from registrations join integrated_users u using (connector_id, user_id)
       where ${NAMED} and ($4::bigint is null or sequence is not distinct from $4)
       on conflict (connector_id, user_id, device_id) do update
       set binding_hash = excluded.binding_hash, reported_at = excluded.reported_at
       where push_bindings.binding_hash <> excluded.binding_hash`,
      [connectorId, user.value, deviceId, sequence, await this.hashOf(connectorId, address), this.clock.now()],
    );
  }

  async drop({ connectorId, user, deviceId }: Device, sequence: number | null): Promise<void> {
    await this.database.query(
      `delete from push_bindings where (connector_id, user_id, device_id) in (
         select connector_id, user_id, device_id from registrations join integrated_users u using (connector_id, user_id)
         where ${NAMED} and ($4::bigint is null or sequence is not distinct from $4))`,
      [connectorId, user.value, deviceId, sequence],
    );
  }

  async isKnown(connectorId: string, address: PushAddress): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'select from push_bindings where connector_id = $1 and binding_hash = $2 limit 1',
      [connectorId, await this.hashOf(connectorId, address)],
    );
    return rowCount === 1;
  }

  /** The provider does not know the device any more. */
  async forget(connectorId: string, address: PushAddress): Promise<void> {
    await this.database.query('delete from push_bindings where connector_id = $1 and binding_hash = $2', [
      connectorId,
      await this.hashOf(connectorId, address),
    ]);
  }

  private async hashOf(connectorId: string, address: PushAddress): Promise<Buffer> {
    return (await this.ciphers.for(connectorId)).fingerprint(spellAddress(address));
  }
}

/** $2 is an email or an id of Zoom; no text is both. */
const NAMED = `connector_id = $1 and (u.email = $2 or u.zoom_user_id = $2) and device_id = $3`;
