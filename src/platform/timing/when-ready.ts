/** What is there already, or will be. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Goes on at once with what is there already. `await` would always cost a promise and a turn of the queue of microtasks,
 * and on the routes that are asked tens of thousands of times a second most of what is asked for is remembered.
 */
export const whenReady = <T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> =>
  value instanceof Promise ? value.then(next) : next(value);
