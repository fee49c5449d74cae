import { useSyncExternalStore } from 'react';

/** One thing to tell the person in front of the page, wherever in the console they are by then; undefined: nothing. */
export interface Told<T> {
  tell: (what: T | undefined) => void;
  useTold: () => T | undefined;
}

export function createTold<T>(): Told<T> {
  let told: T | undefined;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    tell: (what) => {
      told = what;
      for (const listener of listeners) listener();
    },
    useTold: () => useSyncExternalStore(subscribe, () => told),
  };
}
