import { ApiError } from '../api/problem';
import { PROVIDERS, type Provider } from './provider';

/** What an authorisation came to, as the window that was opened for it tells the one that opened it. */
export interface Arrival {
  /** undefined: the address does not say. */
  provider: Provider | undefined;
  /** undefined: it failed. */
  result: string | undefined;
  error: string | undefined;
  /** By which the operator finds what went wrong. */
  reference?: string | undefined;
}

const CHANNEL = 'connector-arrivals';
const CODE = /^[a-z][a-z_]{0,60}$/;
/** As the service takes and makes them. */
const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * From the address that the service leads the browser to after an authorisation: `#/arrived?provider=…&result=…|error=…`. Anybody
 * can write such an address, so nothing of it but codes is taken: nobody puts words into our mouth.
 */
export function readArrival(hash: string): Arrival {
  const query = new URLSearchParams(hash.split('?')[1] ?? '');
  const error = query.get('error');
  return {
    provider: PROVIDERS.find((provider) => provider === query.get('provider')),
    result: fitting(CODE, query.get('result')),
    error: error === null ? undefined : (fitting(CODE, error) ?? 'internal_error'),
    reference: fitting(REQUEST_ID, query.get('reference')),
  };
}

const fitting = (pattern: RegExp, value: string | null): string | undefined =>
  value !== null && pattern.test(value) ? value : undefined;

/** Why an authorisation failed, to be shown like any problem of the API. */
export const arrivalProblem = (code: string, reference?: string): ApiError =>
  new ApiError({ status: 0, code, title: '', ...(reference === undefined ? {} : { requestId: reference }) });

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
