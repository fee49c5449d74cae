import type { RunProgress } from '../sync/run-progress';
import { formatProgress } from './format-progress';

const KNOWN: RunProgress = {
  phase: 'cloudlink_users',
  read: 45_500,
  expected: 100_000,
  usersPerSecond: 5203.4,
  secondsLeft: 11,
};
const UNKNOWN: RunProgress = { ...KNOWN, expected: null, secondsLeft: null };

describe('formatProgress', () => {
  it.each<[string, RunProgress, number | undefined, string]>([
    ['plain', KNOWN, undefined, 'CloudLink users: 45 %, 45500 of 100000, 5203/s, 11 s left'],
    ['plain, unknown', UNKNOWN, undefined, 'CloudLink users: 45500, 5203/s'],
    ['a terminal', KNOWN, 80, 'CloudLink users  [########----------]  45 %  45500 of 100000  5203/s  11 s left'],
    [
      'a wide terminal: the bar does not grow for ever',
      KNOWN,
      200,
      'CloudLink users  [#########-----------]  45 %  45500 of 100000  5203/s  11 s left',
    ],
    ['a narrow terminal: no bar', KNOWN, 66, 'CloudLink users  45 %  45500 of 100000  5203/s  11 s left'],
    ['a very narrow one: cut, not wrapped', KNOWN, 30, 'CloudLink users  45 %  45500 '],
    ['a terminal, unknown', UNKNOWN, 80, 'CloudLink users  45500  5203/s'],
    [
      'nothing read yet',
      { ...KNOWN, phase: 'zoom_users', read: 0, usersPerSecond: 0, secondsLeft: null },
      60,
      'Zoom users  [--------------------]  0 %  0 of 100000',
    ],
    [
      'all read',
      { ...KNOWN, read: 100_000, secondsLeft: 0 },
      undefined,
      'CloudLink users: 100 %, 100000 of 100000, 5203/s, 0 s left',
    ],
    [
      'nobody expected',
      { ...KNOWN, read: 0, expected: 0, usersPerSecond: 0, secondsLeft: null },
      undefined,
      'CloudLink users: 0 of 0',
    ],
    [
      'slow',
      { ...KNOWN, usersPerSecond: 0.3, secondsLeft: 75 },
      undefined,
      'CloudLink users: 45 %, 45500 of 100000, 0.3/s, 1 min 15 s left',
    ],
    [
      'hours',
      { ...KNOWN, secondsLeft: 3_961 },
      undefined,
      'CloudLink users: 45 %, 45500 of 100000, 5203/s, 1 h 6 min left',
    ],
    [
      'the removal',
      { ...KNOWN, phase: 'removal', usersPerSecond: 0, secondsLeft: null },
      80,
      'looking for who is missing',
    ],
    [
      'the removal, plain',
      { ...KNOWN, phase: 'removal', usersPerSecond: 0, secondsLeft: null },
      undefined,
      'looking for who is missing',
    ],
  ])('%s', (_, progress, columns, line) => {
    expect(formatProgress(progress, columns)).toBe(line);
  });

  it('never fills the last column, whatever the width', () => {
    for (let columns = 1; columns < 150; columns += 1) {
      expect(formatProgress(KNOWN, columns).length).toBeLessThan(columns);
      expect(formatProgress(UNKNOWN, columns).length).toBeLessThan(columns);
    }
  });
});
