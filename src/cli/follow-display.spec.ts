import type { RunProgress, WatchedRun } from '../sync/run-progress';
import { NO_COUNTS } from '../sync/sync-run';
import { DrawnDisplay, ToldDisplay } from './follow-display';

const PROGRESS: RunProgress = { phase: 'zoom_users', read: 10, expected: 20, usersPerSecond: 5, secondsLeft: 2 };

const run = (changes: Partial<WatchedRun> = {}): WatchedRun => ({
  connectorId: 'c',
  runId: 'r',
  trigger: 'manual',
  mode: 'full',
  state: 'running',
  phase: 'zoom_users',
  counts: NO_COUNTS,
  error: null,
  createdAt: new Date(0),
  startedAt: null,
  finishedAt: null,
  progress: PROGRESS,
  ...changes,
});
const read = (count: number): WatchedRun => run({ progress: { ...PROGRESS, read: count } });
const trouble = { code: 'provider_unavailable', message: 'CloudLink cannot be reached.' };

describe('what is told of a run that is followed', () => {
  it.each<[string, [WatchedRun, number][], string[]]>([
    [
      'the same once',
      [
        [read(1), 0],
        [read(1), 9_999],
      ],
      ['Zoom users: 5 %, 1 of 20, 5/s, 2 s left'],
    ],
    [
      'what grows, now and then',
      [
        [read(1), 0],
        [read(2), 4_999],
        [read(3), 5_000],
        [read(4), 9_000],
      ],
      ['Zoom users: 5 %, 1 of 20, 5/s, 2 s left', 'Zoom users: 15 %, 3 of 20, 5/s, 2 s left'],
    ],
    [
      'another phase at once',
      [
        [read(1), 0],
        [run({ progress: { ...PROGRESS, phase: 'cloudlink_users', expected: null, secondsLeft: null } }), 1],
      ],
      ['Zoom users: 5 %, 1 of 20, 5/s, 2 s left', 'CloudLink users: 10, 5/s'],
    ],
    [
      'a wait and a trouble at once',
      [
        [run({ state: 'queued' }), 0],
        [run({ error: trouble }), 1],
        [read(1), 2],
      ],
      [
        'waiting for a worker',
        'waiting for the next attempt: CloudLink cannot be reached.',
        'Zoom users: 5 %, 1 of 20, 5/s, 2 s left',
      ],
    ],
  ])('%s', (_, looks, lines) => {
    const told: string[] = [];
    const display = new ToldDisplay((text) => told.push(text));
    for (const [seen, now] of looks) display.show(seen, now);
    display.end();
    expect(told).toEqual(lines);
  });
});

test('a run that is drawn stays on one line, which is empty in the end', () => {
  const written: string[] = [];
  const display = new DrawnDisplay({ columns: () => 40, write: (text) => void written.push(text) });
  display.show(run({ state: 'queued' }));
  display.show(read(1));
  display.show(run({ error: { ...trouble, message: 'x'.repeat(100) } }));
  display.end();
  expect(written).toEqual([
    '\rwaiting for a worker\u001b[K',
    '\rZoom users  5 %  1 of 20  5/s  2 s left\u001b[K',
    `\rwaiting for the next attempt: ${'x'.repeat(9)}\u001b[K`,
    '\r\u001b[K',
  ]);
});
