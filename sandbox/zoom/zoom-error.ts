import { json, Refusal, type Answer } from '../http/answer';

/** Zoom's error body: `{code, message}`; the code is independent of the HTTP status. */
export function zoomError(status: number, code: number, message: string): Answer {
  return json(status, { code, message });
}

export function refuseZoom(status: number, code: number, message: string): Refusal {
  return new Refusal(zoomError(status, code, message));
}

/**
 * Error body of the token endpoint: `{reason, error}`, HTTP 400, no error_description. Zoom documents numbers for these
 * errors, but live answers were never seen to carry them: the number goes to the request log only.
 */
export function refuseZoomToken(reason: string, error: string, zoomError?: number): Refusal {
  return new Refusal({ ...json(400, { reason, error }), ...(zoomError === undefined ? {} : { zoomError }) });
}

/** `errors` comes only with code 300. */
export function refuseZoomField(field: string, message: string): Refusal {
  return new Refusal(json(400, { code: 300, message: 'Validation Failed.', errors: [{ field, message }] }));
}

const PER_SECOND = 'You have reached the maximum per-second rate limit for this API. Try again later.';
const PER_DAY =
  'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.';

/** With the rate-limit headers that Zoom's own guides name; the present documentation page names none. */
export function zoomRateLimit(daily: boolean, retryAfter: Record<string, string>, nowMs: number): Answer {
  const headers: Record<string, string> = {
    'x-ratelimit-category': 'Medium',
    'x-ratelimit-type': daily ? 'Daily-limit' : 'QPS',
    'x-ratelimit-limit': daily ? '60000' : '60',
    'x-ratelimit-remaining': '0',
    ...(daily || retryAfter['retry-after'] === undefined
      ? {}
      : { 'x-ratelimit-reset': String(Math.ceil(nowMs / 1000) + 1) }),
    ...retryAfter,
  };
  return json(429, { code: 429, message: daily ? PER_DAY : PER_SECOND }, headers);
}
