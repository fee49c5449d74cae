import type { CallTarget, RateClass } from '../remote/call-limits';

export const ZOOM_PLANS = ['free', 'pro', 'business'] as const;
export type ZoomPlan = (typeof ZOOM_PLANS)[number];

/** What one account may be asked. */
export interface RateBudget {
  /** From one call to the next. */
  intervalMs: number;
  /** Calls in one day (UTC); undefined: no daily limit. */
  perDay: number | undefined;
}

interface Documented {
  perMinute: number;
  perDay?: number;
}

type ZoomClass = Exclude<RateClass, 'token' | 'api'>;

const perSecond = (calls: number, perDay?: number): Documented => ({
  perMinute: calls * 60,
  ...(perDay === undefined ? {} : { perDay }),
});

/**
 * Zoom's documented limits of an account, shared by all its apps (developers.zoom.us/docs/api/rate-limits, February 2026).
 * Heavy and resource-intensive calls share 30 000 (Pro) or 60 000 (Business and above) a day: each gets half.
 */
const ZOOM: Record<ZoomPlan, Record<ZoomClass, Documented>> = {
  free: {
    light: perSecond(4, 6_000),
    medium: perSecond(2, 2_000),
    heavy: perSecond(1, 1_000),
    'resource-intensive': { perMinute: 10, perDay: 30_000 },
  },
  pro: {
    light: perSecond(30),
    medium: perSecond(20),
    heavy: perSecond(10, 15_000),
    'resource-intensive': { perMinute: 10, perDay: 15_000 },
  },
  business: {
    light: perSecond(80),
    medium: perSecond(60),
    heavy: perSecond(40, 30_000),
    'resource-intensive': { perMinute: 20, perDay: 30_000 },
  },
};

/** Our assumption: Mitel says that limits will come and publishes no numbers; Zoom documents none for its token endpoint. */
const ASSUMED = perSecond(40);

export interface RateSettings {
  /** Our part of what an account may do, above 0 to 1: its other apps need the rest. */
  share: number;
  zoomPlan: ZoomPlan;
}

export function rateBudget({ provider, rateClass }: CallTarget, { share, zoomPlan }: RateSettings): RateBudget {
  const isAssumed = provider === 'cloudlink' || rateClass === 'token' || rateClass === 'api';
  const { perMinute, perDay } = isAssumed ? ASSUMED : ZOOM[zoomPlan][rateClass];
  return {
    intervalMs: 60_000 / (perMinute * share),
    perDay: perDay === undefined ? undefined : Math.max(1, Math.floor(perDay * share)),
  };
}
