import * as fc from 'fast-check';
import type { ClockReading } from '../../platform/remote/clock-readings';
import { certainOffset, clockOffset } from './clock-offset';

/** An answer of a provider whose clock is ahead by `ahead` ms, as the header shows it. */
function reading(ahead: number, sentAt: number, wayThere: number, wayBack: number): ClockReading {
  const date = Math.floor((sentAt + wayThere + ahead) / 1000) * 1000;
  return { provider: 'zoom', sentAt, receivedAt: sentAt + wayThere + wayBack, date };
}

describe('clockOffset', () => {
  it('knows nothing without a reading', () => {
    expect(clockOffset([])).toBeUndefined();
  });

  it.each([
    ['ahead', 90_000, 90_000],
    ['behind', -90_000, -89_000],
    ['right', 0, 0],
  ])('a clock that is %s is seen so, at most a second too small', (_name, ahead, certain) => {
    const offset = clockOffset([reading(ahead, 1_764_000_000_000, 0, 0)]);
    expect(certainOffset(offset ?? { least: NaN, most: NaN })).toBe(certain);
  });

  it('a slow answer makes nothing certain', () => {
    const offset = clockOffset([reading(20_000, 1_764_000_000_000, 40_000, 40_000)]);
    expect(certainOffset(offset ?? { least: NaN, most: NaN })).toBe(0);
  });

  it('a quick answer among slow ones counts', () => {
    const readings = [reading(-70_000, 1_764_000_000_400, 60_000, 60_000), reading(-70_000, 1_764_000_000_400, 5, 5)];
    expect(certainOffset(clockOffset(readings) ?? { least: NaN, most: NaN })).toBeLessThan(-68_000);
  });

  it('shows the whole range when two machines differ', () => {
    expect(clockOffset([reading(0, 1_764_000_000_000, 0, 0), reading(60_000, 1_764_000_000_000, 0, 0)])).toEqual({
      least: 0,
      most: 61_000,
    });
  });

  it('always holds the truth, whatever the ways and however many answers', () => {
    const way = fc.integer({ min: 0, max: 30_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000_000 }), way, way), { minLength: 1, maxLength: 6 }),
        (ahead, answers) => {
          const offset = clockOffset(
            answers.map(([at, there, back]) => reading(ahead, 1_764_000_000_000 + at, there, back)),
          );
          expect(offset?.least).toBeLessThanOrEqual(ahead);
          expect(offset?.most).toBeGreaterThanOrEqual(ahead);
          // Never more certain than true, and never on the other side.
          const certain = certainOffset(offset ?? { least: NaN, most: NaN });
          expect(Math.abs(certain)).toBeLessThanOrEqual(Math.abs(ahead));
          expect(certain * ahead).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
