import { BASE, callerHeaders } from './client';
import { toApiError, unreachable } from './problem';

/** One call of the API without its types. @throws ApiError */
export async function plainCall(method: string, path: string, json?: unknown): Promise<unknown> {
  const response = await fetch(`${BASE}${path}`, {
    method,
    headers: { ...callerHeaders(), ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    credentials: 'same-origin',
  }).catch(() => undefined);
  if (response === undefined) throw unreachable();
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw toApiError(response.status, body);
  return body;
}
