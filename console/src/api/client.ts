import createClient, { type Middleware } from 'openapi-fetch';
import type { Language } from '../language/language';
import { isByHand } from './hand';
import { toApiError, unreachable } from './problem';
import type { paths } from './schema';

/** The folder that this page lies in: the address of the API, whatever prefix a proxy has put before it. */
export const BASE = new URL('.', document.baseURI).href.replace(/\/$/, '');

/** What every request says besides what it asks. */
export const caller: { language: Language; csrfToken: string } = { language: 'en', csrfToken: '' };

/** The language that the API is to answer in from now on. */
export const speak = (language: Language): void => {
  caller.language = language;
};

/** Headers for requests that are not made by `api`: uploads and downloads. */
export const callerHeaders = (): Record<string, string> => ({
  'accept-language': caller.language,
  ...(caller.csrfToken === '' ? {} : { 'x-csrf-token': caller.csrfToken }),
  ...(isByHand() ? {} : { 'x-background': '1' }),
});

const says: Middleware = {
  onRequest: ({ request }) => {
    for (const [name, value] of Object.entries(callerHeaders())) request.headers.set(name, value);
    return request;
  },
  onError: () => unreachable(),
};

/** The API of the service, typed by its own description. Same origin, with the session's cookie. */
export const api = createClient<paths>({ baseUrl: BASE, credentials: 'same-origin' });
api.use(says);

/** The body of a success. @throws ApiError */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Exclude<T, undefined>> {
  const { data, error, response } = await call;
  if (!response.ok) throw toApiError(response.status, error);
  return data as Exclude<T, undefined>;
}
