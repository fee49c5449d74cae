/** How often a connector may be synced, in seconds: the bounds of the API. */
const BOUNDS = { min: 300, max: 86_400 } as const;
const SECONDS = { minutes: 60, hours: 3_600 } as const;

export type IntervalUnit = keyof typeof SECONDS;

/** An interval as a person says it. */
export interface Interval {
  /** What was typed; may be no number. */
  count: string | number;
  unit: IntervalUnit;
}

/** In hours where it is whole ones, else in minutes. */
export function toInterval(seconds: number): Interval {
  const unit = seconds % SECONDS.hours === 0 ? 'hours' : 'minutes';
  return { count: Math.round((seconds / SECONDS[unit]) * 100) / 100, unit };
}

/** In whole seconds; undefined: no number, or out of bounds. */
export function toSeconds({ count, unit }: Interval): number | undefined {
  const seconds = count === '' ? Number.NaN : Math.round(Number(count) * SECONDS[unit]);
  return seconds >= BOUNDS.min && seconds <= BOUNDS.max ? seconds : undefined;
}

type Say = Record<'seconds' | 'minutes' | 'hours', (count: string) => string>;

/** Such as "15 minutes". */
export function sayInterval(seconds: number, say: Say, number: (value: number) => string): string {
  if (seconds % SECONDS.minutes !== 0) return say.seconds(number(seconds));
  const { count, unit } = toInterval(seconds);
  return say[unit](number(Number(count)));
}
