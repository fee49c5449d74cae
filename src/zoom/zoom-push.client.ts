/**
 * OUR ASSUMPTION, NOT ZOOM'S DOCUMENTATION.
 * The field guide says that the SBC's pushes go through Zoom's cloud to the device; Zoom publishes no interface for it.
 * This file is the one place that knows what we assume, in the style of Zoom's API:
 *   POST {api}/phone_system_integration/push {provider, param, prid, purr?, call_id} → 202; 404 or 410: unknown device
 * with the token of the connector's Zoom grant. When the real interface becomes known, only this file and the sandbox change.
 */
import { AppError } from '../platform/errors/app-error';
import type { AsGrant } from '../platform/remote/as-grant';
import { callAsGrant } from '../platform/remote/call-as-grant';
import type { RemoteHttp } from '../platform/remote/remote-http';
import { isZoomTokenRefused, readZoomError } from './zoom-errors';

/** What wakes a device (RFC 8599), and for which call. */
export interface ZoomPush {
  provider: string;
  param: string;
  prid: string;
  purr: string | undefined;
  callId: string;
}

export class ZoomPushClient {
  constructor(
    private readonly http: RemoteHttp,
    private readonly apiUrl: string,
  ) {}

  /** @throws AppError `provider_unavailable`, `provider_rejected` */
  async push(grant: AsGrant, push: ZoomPush, signal: AbortSignal): Promise<'accepted' | 'gone'> {
    const { provider, param, prid, purr, callId } = push;
    const answer = await callAsGrant(grant, { isTokenRefused: isZoomTokenRefused }, (token) =>
      this.http.send({
        provider: 'zoom',
        account: grant.accountId,
        rateClass: 'light',
        name: 'zoom.push',
        method: 'POST',
        url: `${this.apiUrl}/phone_system_integration/push`,
        headers: { authorization: `Bearer ${token}` },
        json: { provider, param, prid, ...(purr === undefined ? {} : { purr }), call_id: callId },
        signal,
        // The SBC asks again by itself; a second push for a call that was answered would ring a phone for nobody.
        repeatable: false,
      }),
    );
    if (answer.status >= 200 && answer.status < 300) return 'accepted';
    // Only Zoom's own word counts: a proxy's 404, or of an address of ours that is wrong, ends no binding.
    if (answer.status === 410 || (answer.status === 404 && readZoomError(answer).code !== undefined)) return 'gone';
    throw new AppError('provider_rejected', 'Zoom refuses to deliver the push.', {
      detail: `zoom.push: HTTP ${answer.status}, code ${readZoomError(answer).code ?? 'none'}`,
    });
  }
}
