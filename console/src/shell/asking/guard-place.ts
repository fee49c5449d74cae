/** Keeps the browser where it is in the console, until a person has said that they want to go. */
interface PlaceGuard {
  /** @returns how to stop */
  watch: () => () => void;
  /** Goes there without asking again. */
  leaveFor: (hash: string) => void;
}

/** @param ask where a person wanted to go, as the hash of the address */
export function guardPlace(ask: (hash: string) => void): PlaceGuard {
  let isLeaving = false;
  let here = '';

  /** A link is stopped before the address changes, so that the history of the browser stays as it is. */
  const onClick = (event: MouseEvent): void => {
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null;
    const hash = link?.getAttribute('href');
    if (opensElsewhere || hash === undefined || hash === null || hash === window.location.hash) return;
    event.preventDefault();
    event.stopPropagation();
    ask(hash);
  };
  /**
   * Back, forward, or an address that was typed in: it has changed already, and is put back. At popstate, which comes first: until
   * hashchange the console may have drawn the other page.
   */
  const onMove = (): void => {
    const wanted = window.location.hash;
    if (isLeaving || wanted === here) return;
    window.history.pushState(null, '', here);
    ask(wanted);
  };
  /** A browser shows words of its own here. */
  const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();

  return {
    watch: () => {
      here = window.location.hash;
      window.addEventListener('popstate', onMove);
      window.addEventListener('hashchange', onMove, true);
      window.addEventListener('beforeunload', onUnload);
      document.addEventListener('click', onClick, true);
      return () => {
        window.removeEventListener('popstate', onMove);
        window.removeEventListener('hashchange', onMove, true);
        window.removeEventListener('beforeunload', onUnload);
        document.removeEventListener('click', onClick, true);
      };
    },
    leaveFor: (hash) => {
      isLeaving = true;
      window.location.hash = hash;
    },
  };
}
