import type { RunProgress } from '../sync/run-progress';
import type { RunPhase } from '../sync/sync-run';

const NAMES: Record<RunPhase, string> = {
  zoom_users: 'Zoom users',
  cloudlink_users: 'CloudLink users',
  removal: 'looking for who is missing',
  done: 'done',
};
const SHORTEST_BAR = 10;
const LONGEST_BAR = 20;

/**
 * One line of plain ASCII. With `columns`, the width of a terminal: with a bar, where there is room for one, and cut so that
 * it never wraps. Without an expectation there is no bar, no percentage and no time.
 */
export function formatProgress(progress: RunProgress, columns?: number): string {
  const name = NAMES[progress.phase];
  const words = progress.phase === 'removal' || progress.phase === 'done' ? [] : measures(progress);
  const share = shareOf(progress);
  if (columns === undefined) return words.length === 0 ? name : `${name}: ${words.join(', ')}`;
  const text = words.join('  ');
  // One column stays free: a terminal goes to the next line when the last one is written.
  const room = columns - 1 - name.length - text.length - '[]'.length - 2 * '  '.length;
  const bar = share === undefined || room < SHORTEST_BAR ? [] : [drawBar(share, Math.min(room, LONGEST_BAR))];
  return [name, ...bar, text]
    .join('  ')
    .trimEnd()
    .slice(0, columns - 1);
}

function measures(progress: RunProgress): string[] {
  const { read, expected, usersPerSecond, secondsLeft } = progress;
  const share = shareOf(progress);
  return [
    ...(share === undefined ? [] : [`${Math.floor(share * 100)} %`]),
    expected === null ? `${read}` : `${read} of ${expected}`,
    ...(usersPerSecond === 0 ? [] : [`${usersPerSecond < 10 ? usersPerSecond : Math.round(usersPerSecond)}/s`]),
    ...(secondsLeft === null ? [] : [`${formatSeconds(secondsLeft)} left`]),
  ];
}

function shareOf({ phase, read, expected }: RunProgress): number | undefined {
  if (phase === 'removal' || phase === 'done' || expected === null || expected === 0) return undefined;
  return Math.min(read / expected, 1);
}

function drawBar(share: number, length: number): string {
  const full = Math.floor(share * length);
  return `[${'#'.repeat(full)}${'-'.repeat(length - full)}]`;
}

function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
