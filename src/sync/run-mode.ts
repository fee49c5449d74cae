import { FILTER_REFUSALS, type FilterRefusal } from '../cloudlink/psi-credentials';

/** `full`: both sides are read whole. `delta`: only the users whom CloudLink has changed; nobody is removed. */
export const RUN_MODES = ['full', 'delta'] as const;
export type RunMode = (typeof RUN_MODES)[number];

/** Why a connector's CloudLink cannot be asked for changes. It is kept with the connector. */
export const DELTA_REFUSALS = FILTER_REFUSALS;
export type DeltaRefusal = FilterRefusal;

/**
 * How much further back than the begin of the last run we ask, in seconds: CloudLink stamps changes with its own clock,
 * and may show one later than it stamped it. Up to that much its clock may be behind ours. What is read twice is unchanged.
 */
export const OVERLAP_SECONDS = 15 * 60;

/** So long a refusal holds; then one run asks again. */
export const REFUSAL_DAYS = 7;
