/** What an authorisation came to, as the window that was opened for it tells the one that opened it. */
export interface Arrival {
  provider: string;
  /** undefined: it failed. */
  result: string | undefined;
  error: string | undefined;
  /** By which the operator finds what went wrong. */
  reference?: string | undefined;
}

const CHANNEL = 'connector-arrivals';

/** From the address that the service leads the browser to after an authorisation: `#/arrived?provider=…&result=…|error=…`. */
export function readArrival(hash: string): Arrival {
  const query = new URLSearchParams(hash.split('?')[1] ?? '');
  return {
    provider: query.get('provider') ?? '',
    result: query.get('result') ?? undefined,
    error: query.get('error') ?? undefined,
    reference: query.get('reference') ?? undefined,
  };
}

/** A channel and not `opener`: the pages of a provider may cut a window off from the one that opened it. */
export function announceArrival(arrival: Arrival): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(arrival);
  channel.close();
}

/** @returns how to stop listening */
export function onArrival(listener: (arrival: Arrival) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Arrival>) => listener(data);
  return () => channel.close();
}
