import { BASE, callerHeaders } from './client';
import { toApiError, unreachable } from './problem';

/**
 * Has the browser keep an answer of the API as a file. Not by a plain link: that would not carry the language of the page.
 * @throws ApiError
 */
export async function download(
  path: string,
  name: string,
  ask: { method?: string; headers?: Record<string, string>; body?: Blob } = {},
): Promise<void> {
  const response = await fetch(`${BASE}${path}`, {
    method: ask.method ?? 'GET',
    headers: { ...callerHeaders(), ...ask.headers },
    credentials: 'same-origin',
    ...(ask.body === undefined ? {} : { body: ask.body }),
  }).catch(() => undefined);
  if (response === undefined) throw unreachable();
  if (!response.ok) throw toApiError(response.status, await response.json().catch(() => undefined));
  const file = await response.blob().catch(() => undefined);
  // It was cut before its end.
  if (file === undefined) throw unreachable();
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
