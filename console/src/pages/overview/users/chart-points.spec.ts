import { chartPoints, isAlone, type Sample } from './chart-points';

const sample = (at: string, registered = 3): Sample => ({ at, registered, inactive: 2, pending: 1, sip_error: 0 });
const STEP = 300;
const FIRST = '2026-11-24T10:00:00.000Z';
const SECOND = '2026-11-24T10:05:00.000Z';
const LATER = '2026-11-24T11:00:00.000Z';

describe('chartPoints', () => {
  it('joins samples that follow each other', () => {
    const points = chartPoints([sample(FIRST), sample(SECOND, 4)], STEP);
    expect(points.map(({ registered }) => registered)).toEqual([3, 4]);
    expect(points[0]).toEqual({ time: Date.parse(FIRST), registered: 3, inactive: 2, pending: 1, sip_error: 0 });
  });

  it('breaks the lines where samples are missing, and shows no zero there', () => {
    const points = chartPoints([sample(FIRST), sample(SECOND, 4), sample(LATER, 5)], STEP);
    expect(points.map(({ registered }) => registered)).toEqual([3, 4, null, 5]);
    expect(points[2]).toMatchObject({ inactive: null, pending: null, sip_error: null });
  });

  it('takes a sample that is a little late for the next one', () => {
    expect(chartPoints([sample(FIRST), sample('2026-11-24T10:07:00.000Z')], STEP)).toHaveLength(2);
  });

  it('makes nothing of nothing', () => {
    expect(chartPoints([], STEP)).toEqual([]);
  });
});

describe('isAlone', () => {
  it('knows a sample without a neighbour', () => {
    const points = chartPoints([sample(FIRST), sample(SECOND), sample(LATER)], STEP);
    expect(points.map((_, index) => isAlone(points, index))).toEqual([false, false, false, true]);
  });
});
