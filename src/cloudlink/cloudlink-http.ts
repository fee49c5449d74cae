import type { AsGrant } from '../platform/remote/as-grant';
import { callAsGrant } from '../platform/remote/call-as-grant';
import type { RemoteAnswer, RemoteHttp, RemoteRequest } from '../platform/remote/remote-http';
import { isCloudLinkTokenRefused } from './cloudlink-errors';

/** Mitel asks every app to say who it is; apps that do not may be throttled (developer guide, request headers). */
export const MITEL_APP_HEADER = { 'x-mitel-app': 'zoom-cloudlink-connector/0.1;platform=node/20;session=server;' };

/** A request at one of CloudLink's services in the name of a grant. */
export interface CloudLinkRequest extends Pick<RemoteRequest, 'name' | 'method' | 'url' | 'tellingStatuses'> {
  json?: object;
}

export function callCloudLink(
  http: RemoteHttp,
  grant: AsGrant,
  request: CloudLinkRequest,
  signal: AbortSignal,
): Promise<RemoteAnswer> {
  return callAsGrant(grant, { isTokenRefused: isCloudLinkTokenRefused }, (token) =>
    http.send({
      ...request,
      provider: 'cloudlink',
      account: grant.accountId,
      rateClass: 'api',
      // The official samples send the bare token, everybody else Bearer; both are accepted.
      headers: { authorization: `Bearer ${token}`, ...MITEL_APP_HEADER },
      signal,
      repeatable: request.method !== 'POST',
    }),
  );
}
