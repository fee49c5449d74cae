/** How often the page looks whether its session is still there. */
export const LOOK_MS = 60_000;
/**
 * What a page asks so long after a person's last touch counts as that person's doing. A little longer than the pause between
 * two looks at the session, so that each touch keeps it alive, also of somebody who only reads or writes.
 */
const REACH_MS = LOOK_MS + 5_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

// Opening the page is a person's doing.
let lastTouch = Date.now();

for (const touch of TOUCHES)
  window.addEventListener(touch, () => (lastTouch = Date.now()), { passive: true, capture: true });

/** Whether a person is there now. What a page asks by itself, again and again, must not keep a session alive. */
export const isByHand = (): boolean => Date.now() - lastTouch < REACH_MS;
