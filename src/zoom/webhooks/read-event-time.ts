/** Later than any time in seconds, earlier than any in milliseconds that is of interest. */
const FIRST_MILLISECONDS = 100_000_000_000;
const TEXT = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)Z?$/;

/**
 * When an event happened. Nearly all say milliseconds since 1970; `app_deauthorized` says `yyyy-MM-dd HH:mm:ss` in
 * Zoom's samples and a number in its types, others send digits in quotes. A text without a zone is taken for UTC.
 */
export function readEventTime(value: unknown): Date | undefined {
  if (typeof value === 'number') return toDate(value < FIRST_MILLISECONDS ? value * 1000 : value);
  if (typeof value !== 'string') return undefined;
  if (/^\d{9,15}$/.test(value)) return readEventTime(Number(value));
  const [, day, time] = TEXT.exec(value) ?? [];
  return day === undefined || time === undefined ? undefined : toDate(Date.parse(`${day}T${time}Z`));
}

/** Years that PostgreSQL and everybody else can hold. */
const toDate = (ms: number): Date | undefined =>
  ms > 0 && ms < Date.UTC(2200, 0) ? new Date(Math.trunc(ms)) : undefined;
