import type { ZoomSeat } from '../../zoom/zoom-account.client';
import { isPaidSeat } from './assumptions';
import { MOST_EXAMPLES, type Affected, type SeatFacts, type VersionCount } from './facts';

/** What a list of Zoom's active users says, given which of them belong to the integration. Pure. Emails are normalised. */
export function countSeats(seats: readonly ZoomSeat[], integrated: ReadonlySet<string>, isWhole: boolean): SeatFacts {
  const ours = seats.filter(({ email }) => integrated.has(email));
  return {
    looked: seats.length,
    isWhole,
    integrated: ours.length,
    unpaid: affected(ours.filter((seat) => isPaidSeat(seat) === false)),
    notAtCloudLink: affected(seats.filter(({ email }) => !integrated.has(email))),
    clients: [...groupByVersion(ours)].map(([version, users]): VersionCount => ({ version, ...affected(users) })),
  };
}

function groupByVersion(seats: readonly ZoomSeat[]): Map<string, ZoomSeat[]> {
  const groups = new Map<string, ZoomSeat[]>();
  for (const seat of seats) {
    if (seat.lastClientVersion === undefined) continue;
    const group = groups.get(seat.lastClientVersion);
    if (group === undefined) groups.set(seat.lastClientVersion, [seat]);
    else group.push(seat);
  }
  return groups;
}

const affected = (seats: readonly ZoomSeat[]): Affected => ({
  count: seats.length,
  examples: seats
    .map(({ email }) => email)
    .sort()
    .slice(0, MOST_EXAMPLES),
});
