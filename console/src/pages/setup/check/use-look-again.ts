import { useEffect, useState } from 'react';
import { untilNewLook } from './look-again';
import type { Preflight } from './use-preflight';

/** Looks again as soon as that gives a new answer. `isLooking`: from the click until it is there. */
export function useLookAgain(
  preflight: Preflight | undefined,
  refetch: () => Promise<unknown>,
): { isLooking: boolean; lookAgain: () => void } {
  const [isLooking, setIsLooking] = useState(false);
  const checkedAt = preflight?.checkedAt;
  useEffect(() => {
    if (!isLooking) return;
    const wait = checkedAt === undefined ? 0 : untilNewLook(checkedAt, Date.now());
    const timer = setTimeout(() => void refetch().finally(() => setIsLooking(false)), wait);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- one click, one look: what it brings must not begin another
  }, [isLooking]);
  return { isLooking, lookAgain: () => setIsLooking(true) };
}
