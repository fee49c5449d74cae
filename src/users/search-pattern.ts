/**
 * A search text as a PostgreSQL regular expression that finds it anywhere, in either case. Written out as [xX], because
 * `ilike` folds only ASCII in a database of locale C (ours): it would not find "Ünal" by "ünal". Nothing in the text is
 * a wildcard.
 */
export function searchPattern(text: string): string {
  return [...text.normalize('NFC')].map(anyCase).join('');
}

function anyCase(character: string): string {
  const lower = character.toLowerCase();
  const upper = character.toUpperCase();
  // ß becomes SS in upper case: a class holds single characters only.
  if (lower !== upper && [...lower].length === 1 && [...upper].length === 1) return `[${lower}${upper}]`;
  return /^[!-/:-@[-`{-~]$/.test(character) ? `\\${character}` : character;
}
