/**
 * Waits for something that comes by events, for so long and no longer. `start` gets what to call, and gives back what to let
 * go of when the wait is over, however it ends.
 * @returns undefined when the time was up @throws the reason of `signal`
 */
export function within<T>(
  timeoutMs: number,
  signal: AbortSignal,
  start: (settle: (value: T) => void) => () => void,
): Promise<T | undefined> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    let letGo = (): void => undefined;
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      letGo();
    };
    const onAbort = (): void => {
      finish();
      reject(signal.reason as Error);
    };
    const settle = (value: T | undefined): void => {
      finish();
      resolve(value);
    };
    const timer = setTimeout(() => settle(undefined), timeoutMs);
    signal.addEventListener('abort', onAbort);
    letGo = start(settle);
  });
}
