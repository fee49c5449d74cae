import type { Preflight } from './check/use-preflight';
import { describeSteps, type DescribedStep } from './describe-steps';

const counts = { ok: 20, warning: 0, failed: 0, manual: 0, unknown: 0 };
const preflight = (change: Partial<Preflight>): Preflight => ({ checkedAt: '', counts, items: [], ...change });
const states = (steps: DescribedStep[]): Record<string, string> =>
  Object.fromEntries(steps.map(({ name, state }) => [name, state]));
const places = (steps: DescribedStep[]): string[] => steps.flatMap(({ place }) => (place === undefined ? [] : [place]));

describe('describeSteps', () => {
  test('with one side only the first step is done, and nothing can be gone to', () => {
    const steps = describeSteps({ state: 'pending', syncedAt: null, lastSync: null }, 'connect', undefined);
    expect(states(steps)).toEqual({
      create: 'done',
      connect: 'now',
      roles: 'later',
      check: 'later',
      sync: 'later',
      done: 'later',
    });
    expect(places(steps)).toEqual([]);
  });

  test('at the end all is done, and every step can be looked at again', () => {
    const steps = describeSteps({ state: 'active', syncedAt: 'x', lastSync: null }, 'done', preflight({}));
    expect(states(steps)).toEqual({
      create: 'done',
      connect: 'done',
      roles: 'done',
      check: 'done',
      sync: 'done',
      done: 'now',
    });
    expect(places(steps)).toEqual(['connect', 'check', 'sync', 'done']);
  });

  test('a role that is missing, and whatever has failed, asks for attention', () => {
    const items = [{ code: 'cloudlink_role', state: 'failed' }] as Preflight['items'];
    const seen = preflight({ counts: { ...counts, failed: 1 }, items });
    const lastSync = { id: 'x', mode: 'full', state: 'failed', createdAt: '', finishedAt: null } as const;
    expect(states(describeSteps({ state: 'active', syncedAt: null, lastSync }, 'connect', seen))).toMatchObject({
      roles: 'attention',
      check: 'attention',
      sync: 'attention',
    });
  });

  test('a failed sync after one that succeeded is not the first sync', () => {
    const lastSync = { id: 'x', mode: 'full', state: 'failed', createdAt: '', finishedAt: null } as const;
    expect(states(describeSteps({ state: 'active', syncedAt: 'x', lastSync }, 'check', undefined))).toMatchObject({
      sync: 'done',
    });
  });
});
