import { MAX_STEPS, planSteps, SAMPLE_SECONDS, sampleTime } from './plan-steps';

const NOW = new Date('2026-11-24T10:07:31Z');

describe('planSteps', () => {
  it.each([
    [1, 300, '2026-11-24T09:10:00.000Z'],
    [24, 300, '2026-11-23T10:10:00.000Z'],
    [25, 300, '2026-11-23T09:10:00.000Z'],
    [26, 600, '2026-11-23T08:10:00.000Z'],
    [2160, 26_100, '2026-08-26T12:00:00.000Z'],
  ])('%i hours in steps of %i s', (hours, stepSeconds, from) => {
    expect(planSteps(NOW, hours)).toEqual({ stepSeconds, from: new Date(from) });
  });

  it('never makes more steps than are shown, and covers what was asked for but for a step', () => {
    for (let hours = 1; hours <= 2160; hours += 1) {
      const { stepSeconds, from } = planSteps(NOW, hours);
      const steps = Math.floor((NOW.getTime() - from.getTime()) / 1000 / stepSeconds) + 1;
      expect(steps).toBeLessThanOrEqual(MAX_STEPS);
      expect(steps * stepSeconds).toBeGreaterThanOrEqual(hours * 3600);
      expect([stepSeconds % SAMPLE_SECONDS, from.getTime() % (stepSeconds * 1000)]).toEqual([0, 0]);
    }
  });
});

it('a sample has the time that its five minutes begin at', () => {
  expect(sampleTime(NOW)).toEqual(new Date('2026-11-24T10:05:00Z'));
  expect(sampleTime(new Date('2026-11-24T10:05:00Z'))).toEqual(new Date('2026-11-24T10:05:00Z'));
});
