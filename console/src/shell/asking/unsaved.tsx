import { createContext, use, useCallback, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { useTexts } from '../../language/language-context';
import { ASKING_TEXTS } from './texts';
import { Confirm } from './confirm';
import { guardPlace } from './guard-place';

type Tell = (name: string, isDirty: boolean) => void;
const Context = createContext<Tell>(() => undefined);

/**
 * Tells the page that something is not saved yet, as long as it is so. By layout effects, here and below: they belong to the click
 * that discarded it, so that whoever leaves right after it is not asked.
 */
export function useUnsaved(name: string, isDirty: boolean): void {
  const tell = use(Context);
  useLayoutEffect(() => {
    tell(name, isDirty);
    return () => tell(name, false);
  }, [tell, name, isDirty]);
}

/** Asks before a person leaves the page with something unsaved: to another page of the console, or away from it. */
export function UnsavedGuard({ children }: { children: ReactNode }) {
  const texts = useTexts(ASKING_TEXTS);
  const [names, setNames] = useState<readonly string[]>([]);
  const [wanted, setWanted] = useState<string>();
  const tell = useCallback<Tell>((name, isDirty) => {
    setNames((before) => {
      if (before.includes(name) === isDirty) return before;
      return isDirty ? [...before, name] : before.filter((other) => other !== name);
    });
  }, []);
  const isDirty = names.length > 0;
  const guard = useMemo(() => guardPlace(setWanted), []);
  useLayoutEffect(() => (isDirty ? guard.watch() : undefined), [isDirty, guard]);
  return (
    <Context value={tell}>
      {children}
      <Confirm
        opened={wanted !== undefined}
        title={texts.leaveTitle}
        confirm={texts.leave}
        cancel={texts.stay}
        onCancel={() => setWanted(undefined)}
        onConfirm={() => {
          if (wanted !== undefined) guard.leaveFor(wanted);
        }}
      >
        {texts.leaveText(names)}
      </Confirm>
    </Context>
  );
}
