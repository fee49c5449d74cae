import type { AdapterPayload } from 'oidc-provider';
import type { ApiClients } from './api-clients.service';
import { isMarketplaceClientId, type MarketplaceClients } from './marketplace-clients.service';

/**
 * A client as oidc-provider knows it. The secret is not the secret but its hash: compareClientSecret is ours (see
 * authorization-server.ts).
 */
export async function findClient(
  clientId: string,
  machines: ApiClients,
  marketplace: MarketplaceClients,
): Promise<AdapterPayload | undefined> {
  return isMarketplaceClientId(clientId)
    ? findMarketplaceClient(clientId, marketplace)
    : findMachineClient(clientId, machines);
}

async function findMachineClient(clientId: string, machines: ApiClients): Promise<AdapterPayload | undefined> {
  const client = await machines.findLive(clientId);
  if (client === undefined) return undefined;
  return {
    client_id: clientId,
    client_secret: client.secretHash.toString('hex'),
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: client.scope,
    connector_id: client.connectorId,
  };
}

async function findMarketplaceClient(
  clientId: string,
  marketplace: MarketplaceClients,
): Promise<AdapterPayload | undefined> {
  const client = await marketplace.findLive(clientId);
  if (client === undefined) return undefined;
  return {
    client_id: clientId,
    client_secret: client.secretHash.toString('hex'),
    client_name: client.name,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    // Others would put the code into a page with a script, or where scripts read it.
    response_modes: ['query'],
    redirect_uris: client.redirectUris,
    scope: client.scope,
  };
}
