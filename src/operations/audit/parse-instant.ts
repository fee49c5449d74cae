const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i;

/** RFC 3339 with its offset, so that it means one instant. undefined: it is none, or names a day that no calendar has. */
export function parseInstant(text: string): Date | undefined {
  const day = INSTANT.exec(text)?.[1];
  const instant = new Date(text.toUpperCase());
  if (day === undefined || Number.isNaN(instant.getTime())) return undefined;
  // JavaScript turns 30 February into 2 March.
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? instant : undefined;
}
