import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { BASE } from '../../../api/client';
import { sessionQuery } from '../../../session/session';
import { useSession } from '../../../session/session-context';
import type { LiveUsers } from './live-users';
import { listenToStatuses, type StreamState } from './status-stream';

interface Hearers {
  /** Listens from now on; what was read just before may be older. */
  onLive: () => void;
  onReset: () => void;
}

/** Feeds the page from the stream of status changes. @returns whether it is live */
export function useStatusStream(live: LiveUsers, hearers: Hearers): StreamState {
  const { connectorId } = useSession();
  const queries = useQueryClient();
  const [state, setState] = useState<StreamState>('connecting');
  const onReset = useEffectEvent(hearers.onReset);
  const onLive = useEffectEvent(hearers.onLive);
  useEffect(
    () =>
      listenToStatuses(`${BASE}/v1/connectors/${connectorId}/status-events`, {
        onEvent: (event) => live.take(event),
        onReset: () => onReset(),
        onState: (next) => {
          setState(next);
          if (next === 'live') onLive();
        },
        onRefused: () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      }),
    [connectorId, live, queries],
  );
  return state;
}
