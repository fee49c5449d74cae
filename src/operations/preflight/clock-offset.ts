import type { ClockReading } from '../../platform/remote/clock-readings';

/** How far a provider's clock is ahead of ours (negative: behind), in milliseconds: somewhere from `least` to `most`. */
export interface ClockOffset {
  least: number;
  most: number;
}

/** The `Date` header is cut to whole seconds. */
const RESOLUTION_MS = 1000;

/**
 * What all answers together allow. An answer was made after its request left and before it came, at a moment that its
 * `Date` names to the second: that bounds the offset from both sides, and the round trip is in the bounds. undefined:
 * there are no readings.
 */
export function clockOffset(readings: readonly ClockReading[]): ClockOffset | undefined {
  const bounds = readings.map(({ sentAt, receivedAt, date }) => ({
    least: date - receivedAt,
    most: date + RESOLUTION_MS - sentAt,
  }));
  if (bounds.length === 0) return undefined;
  const together = {
    least: Math.max(...bounds.map(({ least }) => least)),
    most: Math.min(...bounds.map(({ most }) => most)),
  };
  if (together.least <= together.most) return together;
  // Several machines behind one name, whose clocks differ: the whole range that was seen.
  return { least: Math.min(...bounds.map(({ least }) => least)), most: Math.max(...bounds.map(({ most }) => most)) };
}

/** What is certain of it: the offset that is nearest to none. */
export function certainOffset({ least, most }: ClockOffset): number {
  if (least > 0) return least;
  return most < 0 ? most : 0;
}
