import type { Provider } from './provider';

/** Links with which an admin authorises again in one click. They end by themselves: make them when they are sent. */
export abstract class ReauthorizeLinks {
  abstract linkFor(connectorId: string, provider: Provider): { url: string; expiresAt: Date };
}
