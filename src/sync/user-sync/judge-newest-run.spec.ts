import { judgeNewestRun } from './judge-newest-run';

describe('judgeNewestRun', () => {
  it('asks where there is none', () => {
    expect(judgeNewestRun(undefined)).toBe('ask');
  });

  it.each([
    ['queued', true, 'wait'],
    ['running', true, 'wait'],
    ['running', false, 'wait'],
    ['succeeded', true, 'done'],
    ['succeeded', false, 'ask'],
    ['awaiting_approval', true, 'done'],
    ['awaiting_approval', false, 'give_up'],
    ['failed', true, 'give_up'],
    ['failed', false, 'ask'],
  ] as const)('%s, begun later: %p → %s', (state, isLater, verdict) => {
    expect(judgeNewestRun({ state, isLater })).toBe(verdict);
  });
});
