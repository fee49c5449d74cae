import { useEffect, useState } from 'react';

/** Changes each minute: what is said to be "3 minutes ago" is then said anew. */
export function useMinute(): number {
  const [minute, setMinute] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMinute((before) => before + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  return minute;
}
