const FORBIDDEN_KEY = /password/i;
/** A text without this has no forbidden key: a letter of a key may also be written as an escape (`\u0077`). */
const MAY_HOLD_ONE = /password|\\u/i;

/**
 * Parses what a provider answers. A clear-text password (CloudLink's user answers really carry `sipPassword`) is dropped
 * here, at the edge, whatever it is called and however deep it lies, so that it can never reach our types, log or database.
 * (A walk afterwards instead of JSON.parse's reviver: parsing took 51 µs a user with that one, 18 µs with the walk, 13 µs without either.)
 * @throws SyntaxError when it is not JSON
 */
export function parseRemoteJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (MAY_HOLD_ONE.test(text)) dropPasswords(value);
  return value;
}

function dropPasswords(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) dropPasswords(item);
    return;
  }
  const object = value as Record<string, unknown>;
  for (const key in object) {
    if (FORBIDDEN_KEY.test(key)) delete object[key];
    else dropPasswords(object[key]);
  }
}
