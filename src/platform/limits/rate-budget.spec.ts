import type { CallTarget } from '../remote/call-limits';
import { rateBudget, type ZoomPlan } from './rate-budget';

describe('rateBudget', () => {
  it.each<[CallTarget['provider'], CallTarget['rateClass'], ZoomPlan, number, number, number | undefined]>([
    ['zoom', 'medium', 'pro', 0.25, 200, undefined],
    ['zoom', 'light', 'pro', 1, 1000 / 30, undefined],
    ['zoom', 'light', 'free', 0.25, 1_000, 1_500],
    ['zoom', 'medium', 'free', 0.5, 1_000, 1_000],
    ['zoom', 'heavy', 'business', 0.25, 100, 7_500],
    ['zoom', 'resource-intensive', 'pro', 0.25, 24_000, 3_750],
    ['zoom', 'token', 'free', 0.25, 100, undefined],
    ['cloudlink', 'api', 'free', 0.25, 100, undefined],
  ])('%s %s on %s at %d: a call each %d ms, %p a day', (provider, rateClass, zoomPlan, share, intervalMs, perDay) => {
    expect(rateBudget({ provider, account: 'a', rateClass }, { share, zoomPlan })).toEqual({ intervalMs, perDay });
  });
});
