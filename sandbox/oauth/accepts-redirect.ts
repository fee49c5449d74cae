const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Stands for the list of redirect addresses that is registered with an app: the connector's own callback, on this
 * machine, whatever its port and path prefix are.
 */
export function acceptsRedirect(uri: string | null | undefined, callbackPath: string): uri is string {
  if (uri === null || uri === undefined || !URL.canParse(uri)) return false;
  const url = new URL(uri);
  return (
    url.protocol === 'http:' &&
    isLoopback(url.hostname) &&
    url.pathname.endsWith(callbackPath) &&
    url.search === '' &&
    url.hash === ''
  );
}
