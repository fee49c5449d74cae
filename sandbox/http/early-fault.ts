import type { Fault } from '../faults';
import { html, json, type Answer } from './answer';
import type { Service } from './router';
import { cloudlinkError } from '../cloudlink/cloudlink-error';
import { zoomError, zoomRateLimit } from '../zoom/zoom-error';
import { page } from './page';

const HTTP_STATUS_FAULTS = ['401', '403', '404', '409', '422', '429', '500', '504'];

/** The answer of a fault that is given instead of the real one; undefined for faults that are played later. */
export function earlyFault(service: Service, fault: Fault, isTokenRequest: boolean, nowMs: number): Answer | undefined {
  if (fault.fault === 'html') {
    return html(
      fault.status ?? 502,
      page('502 Bad Gateway', '<p>The server returned an invalid or incomplete response.</p>'),
    );
  }
  if (!HTTP_STATUS_FAULTS.includes(fault.fault)) return undefined;
  const status = Number(fault.fault);
  const retryAfter = status === 429 ? retryAfterHeader(fault, nowMs) : {};
  if (service === 'cloudlink') return cloudlinkError(status, undefined, retryAfter);
  if (status === 429) return zoomRateLimit(fault.retryAfter === 'iso-date', retryAfter, nowMs);
  if (status === 504) return html(504, page('504 Gateway Time-out', ''));
  return zoomFault(status, isTokenRequest);
}

/** Three forms are met: CloudLink's sample reads a date, Zoom's daily limit is an ISO date-time, proxies send seconds. */
function retryAfterHeader(fault: Fault, nowMs: number): Record<string, string> {
  const seconds = fault.seconds ?? 1;
  // A date has no fractions of a second: round up, so that the wait is never shorter than asked.
  const until = new Date(Math.ceil(nowMs / 1000) * 1000 + seconds * 1000);
  switch (fault.retryAfter ?? 'seconds') {
    case 'none':
      return {};
    case 'seconds':
      return { 'retry-after': String(seconds) };
    case 'http-date':
      return { 'retry-after': until.toUTCString() };
    case 'iso-date':
      return { 'retry-after': until.toISOString().replace('.000Z', 'Z') };
  }
}

function zoomFault(status: number, isTokenRequest: boolean): Answer {
  switch (status) {
    case 401:
      // The form of a dead token before 2022, when Zoom moved it from 401 to 400.
      if (isTokenRequest) return json(401, { reason: 'Invalid Token!', error: 'invalid_grant' });
      return zoomError(401, 124, 'Access token is expired.');
    case 403:
      return zoomError(
        403,
        403,
        'Access to the Zoom REST API has been denied for this account. Contact Zoom Support for details.',
      );
    case 404:
      return zoomError(404, 1001, 'User does not exist.');
    default:
      return zoomError(status, status, 'Internal error. Please try again later.');
  }
}
