import { setTimeout as sleep } from 'node:timers/promises';

/** Fast shutdown (12–22 ms), then without checkpoint, then by force: the next start recovers from the last two. */
const patience: readonly { signal: NodeJS.Signals; wait: number }[] = [
  { signal: 'SIGINT', wait: 10_000 },
  // PostgreSQL itself kills what does not leave 5 s after SIGQUIT.
  { signal: 'SIGQUIT', wait: 6_000 },
  { signal: 'SIGKILL', wait: 2_000 },
];

/** Ends a server: each signal in turn until `end` settles. */
export async function stopInSteps(
  kill: (signal: NodeJS.Signals) => unknown,
  end: Promise<unknown>,
  steps = patience,
): Promise<void> {
  const over = end.then(() => true);
  for (const { signal, wait } of steps) {
    kill(signal);
    const timer = new AbortController();
    const late = sleep(wait, false, { signal: timer.signal }).catch(() => false);
    const stopped = await Promise.race([over, late]);
    timer.abort();
    if (stopped) return;
  }
}
