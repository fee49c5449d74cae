import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { onArrival } from './arrivals';
import { IDLE, nextAuthoriseState, type AuthoriseState } from './authorise-state';
import { backToConsole, openAuthoriseWindow } from './authorise-window';
import type { Provider } from './provider';

/** As long as the service waits for the answer of a provider. */
const PATIENCE_MS = 15 * 60_000;
/** Seen twice before it is believed: a window tells what it has come to and closes in the same moment. */
const LOOK_MS = 500;

export interface Authorise {
  state: AuthoriseState;
  /** Opens a provider's sign-in beside the console; only in answer to a click. Again: begins anew in the same window. */
  begin: (provider: Provider, url: string) => void;
  /** Brings the window to the front as it is. */
  show: () => void;
}

/** An admin's way through a provider in a window of its own. What it changes is read anew by `useFreshAfterArrivals`. */
export function useAuthorise(): Authorise {
  const [state, dispatch] = useReducer(nextAuthoriseState, IDLE);
  const opened = useRef<Window>(null);
  const [times, setTimes] = useState(0);
  const begin = useCallback((provider: Provider, url: string) => {
    const back = backToConsole(url);
    opened.current = openAuthoriseWindow(back);
    opened.current?.focus();
    setTimes((count) => count + 1);
    dispatch({ type: opened.current === null ? 'blocked' : 'opened', provider, url: back });
  }, []);
  const show = useCallback(() => opened.current?.focus(), []);

  useEffect(() => onArrival((arrival) => dispatch({ type: 'arrived', arrival })), []);

  const isOpen = state.name === 'waiting';
  useEffect(() => {
    if (!isOpen) return;
    let seen = 0;
    const look = setInterval(() => {
      seen = opened.current?.closed === true ? seen + 1 : 0;
      if (seen === 2) dispatch({ type: 'closed' });
    }, LOOK_MS);
    return () => clearInterval(look);
  }, [isOpen, times]);

  const isPending = isOpen || state.name === 'closed';
  useEffect(() => {
    if (!isPending) return;
    const late = setTimeout(() => dispatch({ type: 'late' }), PATIENCE_MS);
    return () => clearTimeout(late);
  }, [isPending, times]);

  return { state, begin, show };
}
