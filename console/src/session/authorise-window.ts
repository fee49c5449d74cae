/** Name of the window in which an admin signs in at a provider while the console stays open. */
export const WINDOW_NAME = 'connector-authorise';

/** Opens a provider's sign-in beside the console. null: the browser has blocked it. Only in answer to a click. */
export const openAuthoriseWindow = (url: string): Window | null =>
  window.open(url, WINDOW_NAME, 'popup,width=560,height=760');

/** The same address, led back to the console afterwards. */
export function backToConsole(url: string): string {
  const back = new URL(url, document.baseURI);
  back.searchParams.set('to', 'console');
  return back.href;
}
