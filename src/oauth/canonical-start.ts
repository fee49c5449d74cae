import type { Provider } from './provider';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/**
 * A person who types `localhost` gets a cookie for localhost, but the provider sends the browser back to PUBLIC_URL's
 * 127.0.0.1, without it. So such a start is first led to PUBLIC_URL. Only between loopback names: behind a proxy the
 * Host header may be an internal one, and leading it anywhere could go round in circles.
 */
export function canonicalStart(
  host: string | undefined,
  publicUrl: string,
  provider: Provider,
  query: string,
): string | undefined {
  const canonical = new URL(publicUrl).host;
  if (host === undefined || host === canonical || !LOOPBACK.test(host) || !LOOPBACK.test(canonical)) return undefined;
  return `${publicUrl}/oauth/${provider}/start${query}`;
}
