/** Keeps the browser where it is in the console, until a person has said that they want to go. */
export interface PlaceGuard {
  /** @returns how to stop */
  watch: () => () => void;
  /** Goes there without asking again. */
  leaveFor: (hash: string) => void;
}

/** @param ask where a person wanted to go, as the hash of the address */
export function guardPlace(ask: (hash: string) => void): PlaceGuard {
  let isLeaving = false;

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
  /** Back, forward, or an address that was typed in: it has changed already, and is put back. */
  const onHashChange = (event: HashChangeEvent): void => {
    if (isLeaving) return;
    event.stopImmediatePropagation();
    const wanted = new URL(event.newURL).hash;
    window.history.pushState(null, '', event.oldURL);
    ask(wanted);
  };
  /** A browser shows words of its own here. */
  const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();

  return {
    watch: () => {
      // Before the console's own listener, which would show the other page.
      window.addEventListener('hashchange', onHashChange, true);
      window.addEventListener('beforeunload', onUnload);
      document.addEventListener('click', onClick, true);
      return () => {
        window.removeEventListener('hashchange', onHashChange, true);
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
