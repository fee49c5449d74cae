import type { AsGrant } from '../platform/remote/as-grant';
import { callAsGrant, type Refusals } from '../platform/remote/call-as-grant';
import type { RateClass } from '../platform/remote/call-limits';
import type { RemoteAnswer, RemoteHttp } from '../platform/remote/remote-http';

export interface ZoomQuestion {
  /** The label that Zoom's documentation gives the endpoint. */
  rateClass: RateClass;
  /** What logs and metrics call it. */
  name: string;
  /** Below the address of the API, with its query. */
  path: string;
  refusals: Refusals;
}

/** Asks Zoom's REST API in the name of a grant. The answer may still be a refusal. */
export function getFromZoom(
  http: RemoteHttp,
  apiUrl: string,
  grant: AsGrant,
  { rateClass, name, path, refusals }: ZoomQuestion,
  signal: AbortSignal,
): Promise<RemoteAnswer> {
  return callAsGrant(grant, refusals, (token) =>
    http.send({
      provider: 'zoom',
      account: grant.accountId,
      rateClass,
      name,
      method: 'GET',
      url: `${apiUrl}${path}`,
      headers: { authorization: `Bearer ${token}` },
      signal,
      repeatable: true,
    }),
  );
}
