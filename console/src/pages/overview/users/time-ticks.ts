const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface TimeTicks {
  from: number;
  to: number;
  /** Where the axis is labelled: full hours of a day, midnights of more. */
  at: number[];
}

/** The axis of the last `hours`, labelled at round times of the browser's own time zone. */
export function timeTicks(now: number, hours: number): TimeTicks {
  const from = now - hours * HOUR_MS;
  const everyHours = hours <= 24 ? 4 : hours <= 168 ? 24 : 120;
  const at: number[] = [];
  const next = new Date(now);
  next.setHours(everyHours < 24 ? next.getHours() - (next.getHours() % everyHours) : 0, 0, 0, 0);
  while (next.getTime() >= from) {
    at.unshift(next.getTime());
    // By the calendar: a day in which the clocks are changed is not 24 hours long.
    if (everyHours < 24) next.setHours(next.getHours() - everyHours);
    else next.setDate(next.getDate() - (everyHours * HOUR_MS) / DAY_MS);
  }
  return { from, to: now, at };
}
