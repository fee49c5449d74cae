import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLiveUsers } from '../live/live-context';

/** However often the status changes, the details are read again at most so often. */
const PAUSE_MS = 1_000;

/** Reads what is shown of a user again when the status has changed. */
export function useFollowUser(user: string, email: string | undefined): void {
  const live = useLiveUsers();
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = live.onEvents((events) => {
      if (!events.some((event) => event.email === email)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: ['user', user] });
      }, PAUSE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [live, queries, user, email]);
}
