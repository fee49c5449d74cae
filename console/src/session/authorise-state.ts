import type { Arrival } from './arrivals';
import type { Provider } from './provider';

/** What is asked of an admin: to sign in at a provider, at this address. */
interface AuthoriseOrder {
  provider: Provider;
  url: string;
}

/**
 * Where an authorisation stands that was begun here. `blocked`: the browser did not open the window. `closed`: the window is
 * gone, or the pages of the provider have cut it off, so an arrival may still come. `failed`: `code` is the API's,
 * `reference` that of its request.
 */
export type AuthoriseState =
  | { name: 'idle' }
  | ({ name: 'waiting' | 'blocked' | 'closed' | 'timed_out' } & AuthoriseOrder)
  | ({ name: 'failed'; code: string; reference?: string | undefined } & AuthoriseOrder)
  | ({ name: 'done'; result: string } & AuthoriseOrder);

export type AuthoriseEvent =
  | ({ type: 'opened' | 'blocked' } & AuthoriseOrder)
  | { type: 'closed' | 'late' }
  | { type: 'arrived'; arrival: Arrival };

export const IDLE: AuthoriseState = { name: 'idle' };

/** What an event makes of an authorisation. Pure. */
export function nextAuthoriseState(state: AuthoriseState, event: AuthoriseEvent): AuthoriseState {
  switch (event.type) {
    case 'opened':
      return { name: 'waiting', provider: event.provider, url: event.url };
    case 'blocked':
      return { name: 'blocked', provider: event.provider, url: event.url };
    case 'closed':
      return state.name === 'waiting' ? { ...state, name: 'closed' } : state;
    case 'late':
      return state.name === 'waiting' || state.name === 'closed' ? { ...state, name: 'timed_out' } : state;
    case 'arrived':
      return afterArrival(state, event.arrival);
  }
}

/** Also of a window that was taken for closed, or for too late: what has happened has happened. */
function afterArrival(state: AuthoriseState, { provider, result, error, reference }: Arrival): AuthoriseState {
  if (state.name === 'idle' || state.name === 'done' || state.provider !== provider) return state;
  const order = { provider: state.provider, url: state.url };
  if (error !== undefined) return { name: 'failed', code: error, reference, ...order };
  return result === undefined ? state : { name: 'done', result, ...order };
}
