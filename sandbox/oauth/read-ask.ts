const FIELDS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'code_challenge',
  'code_challenge_method',
  'login_hint',
] as const;

/** The parameters of an authorisation request, from the query of the page or the hidden fields of its form. */
export type Ask = Partial<Record<(typeof FIELDS)[number], string>>;

export const askOfQuery = (query: URLSearchParams): Ask => readAsk((name) => query.get(name));
export const askOfFields = (fields: Record<string, string>): Ask => readAsk((name) => fields[name]);

function readAsk(read: (name: string) => string | null | undefined): Ask {
  const ask: Ask = {};
  for (const name of FIELDS) {
    const value = read(name);
    if (value !== null && value !== undefined) ask[name] = value;
  }
  return ask;
}
