import { assertNever } from '../platform/errors/assert-never';
import type { RunPhase, SyncRun } from './sync-run';

/** How far an open run has come in its present phase. */
export interface RunProgress {
  phase: RunPhase;
  /** Users of Zoom, or items of CloudLink, that are read and stored. */
  read: number;
  /** How many there will probably be; null: nobody knows, or there are more than was expected. */
  expected: number | null;
  /** Since the phase began, waits included; 0 where nothing is read (yet). */
  usersPerSecond: number;
  /** At that rate; null: not known. */
  secondsLeft: number | null;
}

/** A run as somebody who waits for its end sees it; `progress` is null when it has ended. */
export interface WatchedRun extends SyncRun {
  progress: RunProgress | null;
}

/** What is counted of an open run, and of the last one before it that succeeded (null: there was none). */
export interface ProgressFacts {
  phase: RunPhase;
  phaseSeconds: number;
  zoomUsers: number;
  cloudlinkItems: number;
  lastZoomUsers: number | null;
  lastCloudlinkItems: number | null;
}

/** Below this a rate is noise. */
const SHORTEST_SECONDS = 0.5;

/**
 * What a run may expect is what the last one has read; a first sync, once it has listed Zoom's users, expects as many at
 * CloudLink. CloudLink's own `count` is not asked: whether it means the page or the whole is documented nowhere.
 */
export function runProgress(facts: ProgressFacts): RunProgress {
  const { phase, phaseSeconds, zoomUsers, cloudlinkItems, lastZoomUsers, lastCloudlinkItems } = facts;
  switch (phase) {
    case 'zoom_users':
      return measured(phase, zoomUsers, lastZoomUsers, phaseSeconds);
    case 'cloudlink_users':
      return measured(phase, cloudlinkItems, lastCloudlinkItems ?? (zoomUsers === 0 ? null : zoomUsers), phaseSeconds);
    case 'removal':
    case 'done':
      return { phase, read: cloudlinkItems, expected: cloudlinkItems, usersPerSecond: 0, secondsLeft: null };
    default:
      return assertNever(phase);
  }
}

function measured(phase: RunPhase, read: number, guess: number | null, seconds: number): RunProgress {
  const expected = guess !== null && read <= guess ? guess : null;
  const rate = seconds < SHORTEST_SECONDS ? 0 : read / seconds;
  const secondsLeft = expected === null || rate === 0 ? null : Math.ceil((expected - read) / rate);
  return { phase, read, expected, usersPerSecond: Math.round(rate * 10) / 10, secondsLeft };
}
