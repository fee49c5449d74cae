import { CLOSED, FAILURES_TO_OPEN, nextBreaker, PROBE_MS, type Breaker, type BreakerEvent } from './next-breaker';

const NOW = 1_000_000;
const closed = (failures: number): Breaker => ({ state: 'closed', failures });
const open = (openings: number, until: number): Breaker => ({ state: 'open', openings, until });
const half = (openings: number, until: number): Breaker => ({ state: 'half_open', openings, until });

describe('nextBreaker', () => {
  it.each<[Breaker, BreakerEvent, Breaker, number | undefined]>([
    [closed(0), 'ask', closed(0), undefined],
    [closed(4), 'ask', closed(4), undefined],
    [closed(0), 'failed', closed(1), undefined],
    [closed(FAILURES_TO_OPEN - 2), 'failed', closed(FAILURES_TO_OPEN - 1), undefined],
    [closed(FAILURES_TO_OPEN - 1), 'failed', open(1, NOW + 5_000), undefined],
    [closed(4), 'answered', CLOSED, undefined],
    [open(1, NOW + 3_000), 'ask', open(1, NOW + 3_000), 3_000],
    [open(1, NOW), 'ask', half(1, NOW + PROBE_MS), undefined],
    [open(1, NOW + 3_000), 'failed', open(1, NOW + 3_000), undefined],
    [open(1, NOW + 3_000), 'answered', CLOSED, undefined],
    [half(1, NOW + 10), 'ask', half(1, NOW + 10), 10],
    [half(1, NOW), 'ask', half(1, NOW + PROBE_MS), undefined],
    [half(1, NOW + 10), 'failed', open(2, NOW + 10_000), undefined],
    [half(9, NOW + 10), 'failed', open(10, NOW + 300_000), undefined],
    [half(3, NOW + 10), 'answered', CLOSED, undefined],
  ])('%j, %s → %j', (before, event, next, waitMs) => {
    expect(nextBreaker(before, event, NOW, 0)).toEqual(waitMs === undefined ? { next } : { next, waitMs });
  });

  it('spreads the waits by up to a quarter', () => {
    expect(nextBreaker(closed(4), 'failed', NOW, 1).next).toEqual(open(1, NOW + 6_250));
  });
});
