import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../language/language-context';
import { isOpen, type SyncRun } from '../types';
import { SYNC_TEXTS } from './sync-texts';

/** Asks anew for what a sync has changed once it has ended, and @returns a sentence for those who do not see it. */
export function useEndedRun(runs: readonly SyncRun[] | undefined): string {
  const texts = useTexts(SYNC_TEXTS);
  const queries = useQueryClient();
  const watched = useRef<string>(undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const open = runs?.find(isOpen);
    if (open !== undefined) {
      watched.current = open.id;
      return;
    }
    const ended = runs?.find(({ id }) => id === watched.current);
    watched.current = undefined;
    if (ended === undefined) return;
    setSaid(texts.ended(texts.states[ended.state]));
    for (const queryKey of [['connector'], ['targets'], ['diagnosis'], ['users']])
      void queries.invalidateQueries({ queryKey });
  }, [runs, queries, texts]);
  return said;
}
