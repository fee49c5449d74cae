/** Each round measures everything once, and the best of each counts: what else the machine does then weighs less. */
const ROUNDS = 3;
/** Above this a round takes minutes, in which such disturbances even out. */
const ONE_ROUND_ABOVE = 100_000;

/** How often a benchmark of syncs measures an account of so many users. */
export const roundsOf = (users: number): number => (users > ONE_ROUND_ABOVE ? 1 : ROUNDS);
