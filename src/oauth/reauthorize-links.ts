import type { Provider } from './provider';

/** Makes the link by which an admin authorises a connector again, without having to know more than the link. */
export abstract class ReauthorizeLinks {
  abstract linkFor(connectorId: string, provider: Provider): { url: string; expiresAt: Date };
}
