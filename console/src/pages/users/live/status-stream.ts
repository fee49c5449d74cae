import type { StatusEvent } from './live-users';

export type StreamState = 'connecting' | 'live' | 'interrupted';

interface Hearers {
  onEvent: (event: StatusEvent) => void;
  /** Events may have been missed: what was read before is not to be relied on. */
  onReset: () => void;
  onState: (state: StreamState) => void;
  /** The service has refused: there may be no session any more. */
  onRefused: () => void;
}

/** A browser tries again by itself where the connection was lost, but not where it was refused. */
const AFTER_REFUSAL_MS = 10_000;

/** Listens to status changes until it is told to stop. @returns how to stop */
export function listenToStatuses(url: string, { onEvent, onReset, onState, onRefused }: Hearers): () => void {
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let hasListened = false;

  const open = (isAnew: boolean): void => {
    onState(hasListened ? 'interrupted' : 'connecting');
    source = new EventSource(url, { withCredentials: true });
    source.onopen = () => {
      // A new stream begins now and not where the one before ended.
      if (isAnew) onReset();
      isAnew = false;
      hasListened = true;
      onState('live');
    };
    source.addEventListener('status', ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as StatusEvent));
    source.addEventListener('reset', onReset);
    source.onerror = () => {
      onState('interrupted');
      if (source?.readyState !== EventSource.CLOSED) return;
      onRefused();
      again = setTimeout(() => open(true), AFTER_REFUSAL_MS);
    };
  };

  open(false);
  return () => {
    source?.close();
    clearTimeout(again);
  };
}
