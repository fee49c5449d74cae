import type { Arrival } from './arrivals';
import { createTold } from './told';

/** The authorisation that this very tab came back from without success: for whatever page is shown next. */
export const failedArrival = createTold<Arrival>();
