const FORBIDDEN_KEY = /password/i;

/**
 * Parses what a provider answers. A clear-text password (CloudLink's user answers really carry `sipPassword`) is dropped
 * here, at the edge, whatever it is called and however deep it lies, so that it can never reach our types, log or database.
 * @throws SyntaxError when it is not JSON
 */
export function parseRemoteJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (FORBIDDEN_KEY.test(key) ? undefined : value));
}
