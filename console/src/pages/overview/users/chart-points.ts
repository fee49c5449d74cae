import type { ShownStatus } from './statuses';

/** How many users were in each status at a time. */
export type Sample = { at: string } & Record<ShownStatus, number>;

/** Of a line of the chart: `time` in milliseconds; null: nobody has counted then, which is not zero. */
export type ChartPoint = { time: number } & Record<ShownStatus, number | null>;

/** A sample may be a little late without anything being missing. */
const LATE = 1.5;

/** The samples, with a break of the lines wherever at least one is missing between two. Pure. */
export function chartPoints(samples: readonly Sample[], stepSeconds: number): ChartPoint[] {
  const points: ChartPoint[] = [];
  for (const { at, ...counts } of samples) {
    const time = Date.parse(at);
    const before = points.at(-1);
    if (before !== undefined && time - before.time > LATE * stepSeconds * 1000)
      points.push({ time: before.time + 1, registered: null, inactive: null, pending: null, sip_error: null });
    points.push({ time, ...counts });
  }
  return points;
}

/** Whether a point stands alone, so that no line leads to it and it needs a dot. */
export const isAlone = (points: readonly ChartPoint[], index: number): boolean =>
  points[index - 1]?.registered == null && points[index + 1]?.registered == null;
