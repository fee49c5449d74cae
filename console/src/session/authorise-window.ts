/** Name of the window in which an admin signs in at a provider while the console stays open. */
const WINDOW_NAME = 'connector-authorise';
const MARK = 'connector-authorise';

/** Opens a provider's sign-in beside the console. null: the browser has blocked it. Only in answer to a click. */
export function openAuthoriseWindow(url: string): Window | null {
  mark(true);
  const opened = window.open(url, WINDOW_NAME, 'popup,width=560,height=760');
  mark(false);
  return opened;
}

/**
 * Whether this is the window that `openAuthoriseWindow` has opened. A new window begins with a copy of the opener's session
 * storage and keeps it, while browsers take its name away on the way through other origins (seen with Chromium 156).
 */
export function isAuthoriseWindow(): boolean {
  try {
    return window.name === WINDOW_NAME || sessionStorage.getItem(MARK) !== null;
  } catch {
    return window.name === WINDOW_NAME;
  }
}

/** The same address, led back to the console afterwards. */
export function backToConsole(url: string): string {
  const back = new URL(url, document.baseURI);
  back.searchParams.set('to', 'console');
  return back.href;
}

function mark(isOn: boolean): void {
  try {
    if (isOn) sessionStorage.setItem(MARK, '1');
    else sessionStorage.removeItem(MARK);
  } catch {
    // Without storage the window asks to be closed by hand.
  }
}
