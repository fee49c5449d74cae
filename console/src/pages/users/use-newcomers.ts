import { useEffect, useState } from 'react';
import type { UserFilter } from './filter';
import type { LiveUsers } from './live/live-users';

/**
 * How many users have come to the status that is filtered for since the list was read. They are counted and not put in:
 * rows would move under the hand of whoever reads them. `reading`: another one with each reading of the list.
 */
export function useNewcomers(live: LiveUsers, { status }: UserFilter, reading: string): number {
  const [counted, setCounted] = useState({ reading, number: 0 });
  useEffect(() => {
    if (status === undefined) return undefined;
    const emails = new Set<string>();
    return live.onEvents((events) => {
      for (const event of events) {
        if (event.status !== status) emails.delete(event.email);
        else if (event.previous !== status) emails.add(event.email);
      }
      setCounted((before) =>
        before.reading === reading && before.number === emails.size ? before : { reading, number: emails.size },
      );
    });
  }, [live, status, reading]);
  return counted.reading === reading ? counted.number : 0;
}
