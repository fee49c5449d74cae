import { runProgress, type ProgressFacts, type RunProgress } from './run-progress';

const FIRST: ProgressFacts = {
  phase: 'zoom_users',
  phaseSeconds: 10,
  zoomUsers: 500,
  cloudlinkItems: 0,
  lastZoomUsers: null,
  lastCloudlinkItems: null,
};
const LATER: ProgressFacts = { ...FIRST, lastZoomUsers: 2000, lastCloudlinkItems: 1000 };
const AT_CLOUDLINK = { phase: 'cloudlink_users', cloudlinkItems: 250 } as const;

describe('runProgress', () => {
  it.each<[string, ProgressFacts, Partial<RunProgress>]>([
    ['Zoom, first sync', FIRST, { read: 500, expected: null, usersPerSecond: 50, secondsLeft: null }],
    ['Zoom', LATER, { read: 500, expected: 2000, usersPerSecond: 50, secondsLeft: 30 }],
    ['Zoom, not begun', { ...LATER, zoomUsers: 0 }, { read: 0, expected: 2000, usersPerSecond: 0, secondsLeft: null }],
    ['Zoom, just begun', { ...LATER, phaseSeconds: 0.1 }, { expected: 2000, usersPerSecond: 0, secondsLeft: null }],
    ['Zoom, all there', { ...LATER, zoomUsers: 2000 }, { read: 2000, expected: 2000, secondsLeft: 0 }],
    ['Zoom, more than ever', { ...LATER, zoomUsers: 2001 }, { read: 2001, expected: null, secondsLeft: null }],
    [
      'CloudLink, first sync: as many as Zoom has',
      { ...FIRST, ...AT_CLOUDLINK },
      { read: 250, expected: 500, usersPerSecond: 25, secondsLeft: 10 },
    ],
    ['CloudLink, first sync, nobody at Zoom', { ...FIRST, ...AT_CLOUDLINK, zoomUsers: 0 }, { expected: null }],
    ['CloudLink: as many as last time', { ...LATER, ...AT_CLOUDLINK }, { expected: 1000, secondsLeft: 30 }],
    ['CloudLink, more than last time', { ...LATER, ...AT_CLOUDLINK, lastCloudlinkItems: 249 }, { expected: null }],
    ['a slow one', { ...LATER, phaseSeconds: 3000 }, { usersPerSecond: 0.2, secondsLeft: 9000 }],
    [
      'the removal',
      { ...LATER, phase: 'removal', cloudlinkItems: 990 },
      { read: 990, expected: 990, usersPerSecond: 0, secondsLeft: null },
    ],
  ])('%s', (_, facts, expected) => {
    expect(runProgress(facts)).toMatchObject({ phase: facts.phase, ...expected });
  });
});
