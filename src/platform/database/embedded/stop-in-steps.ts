import { setTimeout as sleep } from 'node:timers/promises';

interface Step {
  signal: NodeJS.Signals;
  wait: number;
}

/** Fast shutdown (12–22 ms), then without checkpoint, then by force: the next start recovers from the last two. */
export const patiently: readonly Step[] = [
  { signal: 'SIGINT', wait: 10_000 },
  // PostgreSQL itself kills what does not leave 5 s after SIGQUIT.
  { signal: 'SIGQUIT', wait: 6_000 },
  { signal: 'SIGKILL', wait: 2_000 },
];

/**
 * For a server that nobody has used: seen with a damaged cluster, 2 of 15 times SIGINT came while the server was
 * restarting its processes and was then forgotten, and the person waited 10 s for the sentence.
 */
export const hastily: readonly Step[] = patiently.map((step) =>
  step.signal === 'SIGINT' ? { ...step, wait: 500 } : step,
);

/** Ends a server: each signal in turn until `end` settles. */
export async function stopInSteps(
  kill: (signal: NodeJS.Signals) => unknown,
  end: Promise<unknown>,
  steps = patiently,
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
