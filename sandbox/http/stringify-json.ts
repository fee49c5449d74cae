const MARK = '\u0001bigint:';
// JSON.stringify escapes the control character, so no text of a user can look like the mark.
const MARKED = /"\\u0001bigint:(-?\d+)"/g;

/** JSON with bigint values as raw numbers: Zoom really sends integers beyond 2^53 (`zoom_one_type`). */
export function stringifyJson(value: unknown): string {
  let found = false;
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'bigint') return item;
    found = true;
    return `${MARK}${item}`;
  });
  return found ? text.replace(MARKED, '$1') : text;
}
