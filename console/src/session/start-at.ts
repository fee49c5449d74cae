import { BASE } from '../api/client';
import type { Provider } from './provider';

/** Where a sign-in at a provider begins that ends at the console. */
export const startAt = (provider: Provider, query: Record<string, string> = {}): string =>
  `${BASE}/oauth/${provider}/start?${new URLSearchParams({ to: 'console', ...query }).toString()}`;
