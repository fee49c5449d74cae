/** Zoom's list gives 2 000 users per call and this many single calls take half a minute at our share of its limits. */
const MOST = 200;
/** Even in a small account the list takes three calls, one per status. */
const ALWAYS = 10;

/** How many users a delta may ask Zoom for one by one before the list is cheaper. `present`: users who are stored. */
export const lookupLimit = (present: number): number => Math.min(MOST, Math.max(ALWAYS, Math.floor(present / 4)));
