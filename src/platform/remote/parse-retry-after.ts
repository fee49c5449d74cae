/**
 * How long a provider asks us to wait, in milliseconds, from any of the forms seen in the field:
 * seconds or an HTTP date (RFC 9110 section 10.2.3), an ISO date-time (Zoom's daily limit), or
 * `X-RateLimit-Reset` in epoch seconds (Zoom's per-second limit). undefined: it does not say.
 */
export function parseRetryAfter(headers: Record<string, string | undefined>, now: Date): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text !== undefined && text !== '') {
    if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text) * 1000;
    const date = Date.parse(text);
    if (!Number.isNaN(date)) return Math.max(0, date - now.getTime());
  }
  const reset = headers['x-ratelimit-reset']?.trim();
  if (reset !== undefined && /^\d{9,11}$/.test(reset)) return Math.max(0, Number(reset) * 1000 - now.getTime());
  return undefined;
}
