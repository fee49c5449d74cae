import { useMemo, useState } from 'react';
import { useUnsaved } from '../../../shell/asking/unsaved';

/** What a person has changed about something stored, until it is saved or discarded. */
export interface Draft<T> {
  /** As stored, with the changes. */
  value: T;
  /** What differs from what is stored. */
  changes: Partial<T>;
  isDirty: boolean;
  change: (changes: Partial<T>) => void;
  discard: () => void;
  /** Once it is saved: keeps what was typed meanwhile. */
  settle: () => void;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Follows what is stored where the person has changed nothing. @param name of the group, for the warning before leaving */
export function useDraft<T extends object>(name: string, stored: T): Draft<T> {
  const [typed, setTyped] = useState<Partial<T>>({});
  const changes = useMemo(() => differing(typed, stored), [typed, stored]);
  const isDirty = Object.keys(changes).length > 0;
  useUnsaved(name, isDirty);
  return {
    value: { ...stored, ...changes },
    changes,
    isDirty,
    change: (more) => setTyped((before) => ({ ...before, ...more })),
    discard: () => setTyped({}),
    settle: () => setTyped((now) => (now === typed ? {} : now)),
  };
}

function differing<T extends object>(typed: Partial<T>, stored: T): Partial<T> {
  const entries = Object.entries(typed).filter(([key, value]) => !isSame(value, stored[key as keyof T]));
  return Object.fromEntries(entries) as Partial<T>;
}
