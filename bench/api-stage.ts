import { randomUUID } from 'node:crypto';
import { ApiClientRepository } from '../src/access/api-client.repository';
import { ApiClients } from '../src/access/api-clients.service';
import { SCOPES } from '../src/access/principal';
import { AuditLog } from '../src/platform/audit/audit-log';
import { SystemClock } from '../src/platform/clock/clock';
import { ConnectorCiphers } from '../src/platform/crypto/connector-cipher';
import { Keyring } from '../src/platform/crypto/keyring';
import { Database, type Queryable } from '../src/platform/database/database';
import type { ServerProcess } from './api-process';
import { ENCRYPTION_KEY } from './api-process';

export interface ApiStage {
  connectorId: string;
  client: { clientId: string; clientSecret: string };
}

/** One connector with `users` users who have a credential, each with a desktop that is registered if asked for, and a client. */
export async function prepareUsers(databaseUrl: string, users: number, areRegistered: boolean): Promise<ApiStage> {
  const database = new Database(databaseUrl);
  try {
    const connectorId = randomUUID();
    await database.query(
      `insert into connectors (connector_id, state, zoom_account_id, cloudlink_account_id, synced_at)
       values ($1::uuid, 'active', $1::text, $1::text, now())`,
      [connectorId],
    );
    const key = Buffer.from(ENCRYPTION_KEY.split(':')[1] ?? '', 'base64');
    await new ConnectorCiphers(new Keyring([{ id: 'bench', key }]), database).create(connectorId, database);
    await insertUsers(database, connectorId, users, areRegistered);
    const clients = new ApiClients(database, new ApiClientRepository(), new AuditLog(database), new SystemClock());
    return { connectorId, client: await clients.create(connectorId, SCOPES, 'bench', 'bench') };
  } finally {
    await database.close();
  }
}

/** `users` users who have a credential, user0@example.com and so on, each with a desktop that is registered if asked for. */
export async function insertUsers(
  database: Queryable,
  connectorId: string,
  users: number,
  areRegistered: boolean,
): Promise<void> {
  await database.query(
    `insert into integrated_users (connector_id, user_id, email, display_name, zoom_user_id, zoom_status, cloudlink_user_id,
                                   extension, credential_state, status, status_since, status_expires_at, synced_at)
     select $1, gen_random_uuid(), 'user' || n || '@example.com', 'User ' || n, 'zoom' || n, 'active', 'cl' || n, n::text, 'ready',
            case when $3 then 'registered' else 'inactive' end, now(), case when $3 then now() + interval '1 hour' end, now()
     from generate_series(0, $2 - 1) n`,
    [connectorId, users, areRegistered],
  );
  if (areRegistered) {
    await database.query(
      `insert into registrations (connector_id, user_id, device_id, platform, outcome, app_version, target, since, reported_at, expires_at)
       select connector_id, user_id, 'd1', 'desktop', 'registered', '6.3.6',
              '{"role":"sbc","host":"192.0.2.10","port":5061,"transport":"tls"}', now(), now(), now() + interval '1 hour'
       from integrated_users where connector_id = $1`,
      [connectorId],
    );
  }
  await database.query('vacuum analyze integrated_users, registrations');
}

export async function accessToken({ port }: ServerProcess, { client }: ApiStage): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/oauth2/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPES.join(' ') }).toString(),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`there is no token: ${answer.status}`);
  return token;
}
