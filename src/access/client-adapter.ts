import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { ApiClients } from './api-clients.service';

/**
 * What oidc-provider may read of us: clients, nothing else. Our access tokens are JWTs, which it does not store; sessions,
 * grants and codes belong to flows that are switched off.
 */
export const clientAdapter =
  (clients: ApiClients): AdapterFactory =>
  (model) =>
    model === 'Client' ? { ...NOTHING_KEPT, find: (clientId) => findClient(clients, clientId) } : NOTHING_KEPT;

async function findClient(clients: ApiClients, clientId: string): Promise<AdapterPayload | undefined> {
  const client = await clients.findLive(clientId);
  if (client === undefined) return undefined;
  return {
    client_id: clientId,
    // Not the secret but its hash: compareClientSecret is ours (see authorization-server.ts).
    client_secret: client.secretHash.toString('hex'),
    scope: client.scope,
    connector_id: client.connectorId,
  };
}

const refuse = (): Promise<never> =>
  Promise.reject(new Error('oidc-provider wants to store something, but only stateless flows are switched on'));
const none = (): Promise<undefined> => Promise.resolve(undefined);

const NOTHING_KEPT: Adapter = {
  upsert: refuse,
  consume: refuse,
  destroy: none,
  revokeByGrantId: none,
  find: none,
  findByUid: none,
  findByUserCode: none,
};
