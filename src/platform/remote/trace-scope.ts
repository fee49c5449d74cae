import { AsyncLocalStorage } from 'node:async_hooks';

/** What the support of either vendor asks for: the ids by which they find an answer of theirs again. */
export interface Traces {
  zoomTrackingId: string | null;
  mitelCorrelationId: string | null;
}

export const ZOOM_TRACKING_HEADER = 'x-zm-trackingid';
export const MITEL_CORRELATION_HEADER = 'x-mitel-correlation-id';

/** A scope that lies in another one starts with what is known there, and whatever it learns is known there, too. */
interface Scope extends Traces {
  outer: Scope | undefined;
}

const scopes = new AsyncLocalStorage<Scope>();

/** How many scopes are open in this process. */
let open = 0;

/**
 * Runs `work` with a memory for the newest ids that Zoom and CloudLink give their answers, so that an audit event
 * written inside says which answer it rests on. Opened where work begins (a callback, a run, a job), never on the paths
 * that are asked thousands of times a second. They would pay for it all the same: while a scope is open, Node before 24 runs a
 * hook around every promise of the process, so the last one to end switches them off.
 */
export async function withTraces<T>(work: () => Promise<T>): Promise<T> {
  const outer = scopes.getStore();
  const scope: Scope = {
    zoomTrackingId: outer?.zoomTrackingId ?? null,
    mitelCorrelationId: outer?.mitelCorrelationId ?? null,
    outer,
  };
  open += 1;
  try {
    return await scopes.run(scope, work);
  } finally {
    open -= 1;
    if (open === 0) scopes.disable();
  }
}

/** What the scope around the caller remembers; nothing outside of every scope. */
export function currentTraces(): Traces {
  const { zoomTrackingId = null, mitelCorrelationId = null } = scopes.getStore() ?? {};
  return { zoomTrackingId, mitelCorrelationId };
}

/** Remembers the ids of an answer. One without them, or with something else in their place, changes nothing. */
export function noteTraces(headers: Record<string, string | undefined>): void {
  const zoom = plainTrace(headers[ZOOM_TRACKING_HEADER]);
  const mitel = plainTrace(headers[MITEL_CORRELATION_HEADER]);
  for (let scope = scopes.getStore(); scope !== undefined; scope = scope.outer) {
    if (zoom !== null) scope.zoomTrackingId = zoom;
    if (mitel !== null) scope.mitelCorrelationId = mitel;
  }
}

/** A header is foreign text: only what looks like an id is kept, never what could forge or flood a record. */
export const plainTrace = (value: string | null | undefined): string | null =>
  value !== null && value !== undefined && /^[\x21-\x7e]{1,200}$/.test(value) ? value : null;
