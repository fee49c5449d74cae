/** Base addresses of the emulated services; each has its own path prefix below one port. */
export interface SandboxUrls {
  zoomOAuth: string;
  zoomApi: string;
  cloudlinkPortal: string;
  cloudlinkAuth: string;
  cloudlinkAdmin: string;
  cloudlinkMedia: string;
  cloudlinkNotifications: string;
}

export const SANDBOX_HOST = '127.0.0.1';

/** Where a sandbox on this port is reached, whether it runs or not. */
export function sandboxUrls(port: number, host: string = SANDBOX_HOST): SandboxUrls {
  const base = baseUrl(port, host);
  return {
    zoomOAuth: `${base}/zoom`,
    zoomApi: `${base}/zoom/v2`,
    cloudlinkPortal: `${base}/cloudlink/portal`,
    cloudlinkAuth: `${base}/cloudlink/auth`,
    cloudlinkAdmin: `${base}/cloudlink/admin`,
    cloudlinkMedia: `${base}/cloudlink/media`,
    cloudlinkNotifications: `${base}/cloudlink/notifications`,
  };
}

export function baseUrl(port: number, host: string = SANDBOX_HOST): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
