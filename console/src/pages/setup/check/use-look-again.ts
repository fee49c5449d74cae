import { useEffect, useEffectEvent, useState } from 'react';
import { untilNewLook } from './look-again';

/**
 * Looks again as soon as that gives a new answer. `isLooking`: from the click until it is there.
 * @param lookedAt when the last answer came, by the clock of the browser; 0: none has
 */
export function useLookAgain(
  lookedAt: number,
  refetch: () => Promise<unknown>,
): { isLooking: boolean; lookAgain: () => void } {
  const [isLooking, setIsLooking] = useState(false);
  const wait = useEffectEvent(() => untilNewLook(lookedAt, Date.now()));
  const look = useEffectEvent(() => void refetch().finally(() => setIsLooking(false)));
  useEffect(() => {
    if (!isLooking) return;
    const timer = setTimeout(() => look(), wait());
    return () => clearTimeout(timer);
  }, [isLooking]);
  return { isLooking, lookAgain: () => setIsLooking(true) };
}
