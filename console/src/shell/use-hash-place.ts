import { useSyncExternalStore } from 'react';
import type { NavigateOptions } from 'wouter';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};
const place = (): string => window.location.hash.replace(/^#?\/?/, '');
const pathOf = (): string => `/${place().split('?')[0] ?? ''}`;
const queryOf = (): string => place().split('?').slice(1).join('?');

function navigate(to: string, { replace = false }: NavigateOptions = {}): void {
  const oldURL = window.location.href;
  const hash = `#${to.startsWith('/') ? '' : '/'}${to}`;
  if (!replace) {
    window.location.hash = hash;
    return;
  }
  window.history.replaceState(null, '', hash);
  window.dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: window.location.href }));
}

const useQuery = (): string => useSyncExternalStore(subscribe, queryOf);

/**
 * Where in the console one is, for wouter: `#/users?status=pending` is the path `/users` with the query `status=pending`.
 * wouter's own hook takes the query for a part of the path, so that a link with one would lead nowhere.
 */
export const useHashPlace = Object.assign(
  (): [string, typeof navigate] => [useSyncExternalStore(subscribe, pathOf), navigate],
  { searchHook: useQuery, hrefs: (path: string): string => `#${path}` },
);
