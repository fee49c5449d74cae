import { BASE } from '../../api/client';

export type Provider = 'zoom' | 'cloudlink';
export const PROVIDERS: readonly Provider[] = ['zoom', 'cloudlink'];

export interface SandboxAdmin {
  provider: Provider;
  key: string;
  email: string;
  role: string;
}

/** Where a sign-in at a provider begins that ends at the console. */
export const startAt = (provider: Provider, query: Record<string, string> = {}): string =>
  `${BASE}/oauth/${provider}/start?${new URLSearchParams({ to: 'console', ...query }).toString()}`;
