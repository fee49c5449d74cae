import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AccountNumber } from '../accounts';
import type { CloudLinkPrincipal, CloudLinkRole } from '../people';

/** A service principal of an account: no person, hence nobody who can leave. */
export interface ServiceClient {
  clientId: string;
  account: AccountNumber;
  role: CloudLinkRole;
  name: string;
  /** Of the secret, which is shown once; SHA-256 in hex. */
  secretHash: string;
  /** Milliseconds since 1970. */
  createdMs: number;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const PREFIX = 'client:';

/** What a client is called where persons have their key: in token families and as creator of subscriptions. */
export const clientKey = (clientId: string): string => `${PREFIX}${clientId}`;

/** All service clients; each change is kept before it is answered. */
export class ClientStore {
  private readonly clients = new Map<string, ServiceClient>();

  constructor(
    kept: readonly ServiceClient[],
    private readonly keep: () => void,
  ) {
    for (const client of kept) this.clients.set(client.clientId, client);
  }

  create(client: Omit<ServiceClient, 'clientId' | 'secretHash'> & { clientId: string | undefined }): {
    client: ServiceClient;
    clientSecret: string;
  } {
    const clientSecret = randomBytes(32).toString('base64url');
    const created = { ...client, clientId: client.clientId ?? randomUUID(), secretHash: hashOf(clientSecret) };
    this.clients.set(created.clientId, created);
    this.keep();
    return { client: created, clientSecret };
  }

  find(clientId: string): ServiceClient | undefined {
    return this.clients.get(clientId);
  }

  /** The client, when the secret is its own. */
  authenticate(clientId: string, secret: string): ServiceClient | undefined {
    const client = this.clients.get(clientId);
    return client?.secretHash === hashOf(secret) ? client : undefined;
  }

  /** In the order in which they were made. */
  all(): ServiceClient[] {
    return [...this.clients.values()];
  }

  /** Whom the tokens of a client stand for; undefined for keys of persons and of clients that are gone. */
  principal(key: string): CloudLinkPrincipal | undefined {
    const client = key.startsWith(PREFIX) ? this.clients.get(key.slice(PREFIX.length)) : undefined;
    if (client === undefined) return undefined;
    const { account, clientId: userId, name, role } = client;
    return { key, account, userId, email: '', name, role };
  }

  remove(clientId: string): void {
    if (this.clients.delete(clientId)) this.keep();
  }
}
