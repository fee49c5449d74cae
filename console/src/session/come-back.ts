const PLACE = 'come-back';

/** Notes where in the console this tab is to be after a provider's pages; only for a tab that goes there itself. */
function comeBackTo(hash: string): void {
  try {
    sessionStorage.setItem(PLACE, hash);
  } catch {
    // A browser that keeps nothing comes back to the overview.
  }
}

export const comeBackHere = (): void => comeBackTo(window.location.hash);

/** Where this tab came from, told once; the overview when it is not known. */
export function cameFrom(): string {
  try {
    const place = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    return place?.startsWith('#/') === true && !place.startsWith('#/arrived') ? place : '#/';
  } catch {
    return '#/';
  }
}
