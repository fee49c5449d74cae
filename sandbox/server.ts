import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountRoutes } from './cloudlink/accounts';
import { CloudLinkTokens } from './cloudlink/cloudlink-tokens';
import { portalRoutes } from './cloudlink/portal';
import { psiRoutes } from './cloudlink/psi';
import { cloudlinkTokenRoutes } from './cloudlink/token';
import { clientRoutes } from './cloudlink/clients';
import { subscriptionRoutes } from './cloudlink/subscriptions';
import { cloudlinkUserRoutes } from './cloudlink/users';
import { SandboxControl } from './control/sandbox-control';
import { DEFAULT_SEED, SANDBOX_CREDENTIALS } from './credentials';
import { Router } from './http/router';
import { Serving } from './http/serve';
import { baseUrl, SANDBOX_HOST, sandboxUrls, type SandboxUrls } from './urls';
import { Outgoing } from './webhooks/outgoing';
import { World } from './world';
import { zoomAuthorizeRoutes } from './zoom/authorize';
import { zoomPhoneUserRoutes } from './zoom/phone-users';
import { zoomPhoneRoutes } from './zoom/phone';
import { zoomPushRoutes } from './zoom/push';
import { zoomTokenRoutes } from './zoom/token';
import { zoomUserRoutes } from './zoom/users';
import { ZoomTokens } from './zoom/zoom-tokens';

export { SANDBOX_CREDENTIALS } from './credentials';
export { sandboxUrls } from './urls';

export interface SandboxOptions {
  /** 0: any free one. */
  port: number;
  /** Users of the first account; the second has at most 40. */
  users: number;
  seed?: string;
  /** Where authorisations are kept; without it they end with the process. */
  stateFile?: string;
  /** A loopback address; 127.0.0.1 when absent. */
  host?: string;
  zoomClientId?: string;
  /** More than one while a secret is being changed. */
  zoomClientSecrets?: string[];
  cloudlinkClientId?: string;
  /** Where Zoom sends its events; without it nothing is sent. */
  zoomWebhookUrl?: string;
  zoomWebhookSecret?: string;
  /** The clock, for tests; milliseconds since 1970. */
  now?: () => number;
}

export interface RunningSandbox {
  port: number;
  baseUrl: string;
  credentials: { zoomClientId: string; zoomClientSecret: string; zoomWebhookSecret: string; cloudlinkClientId: string };
  urls: SandboxUrls;
  control: SandboxControl;
  stop(): Promise<void>;
}

/**
 * Starts the emulated Zoom and CloudLink on one port.
 * @throws Error with a sentence for the operator when the port is taken or the state file is damaged
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const host = options.host ?? SANDBOX_HOST;
  // It hands out admin tokens to whoever asks.
  if (!/^127\.|^::1$|^localhost$/.test(host)) throw new Error('The sandbox listens on loopback addresses only.');
  const world = new World({
    users: options.users,
    seed: options.seed ?? DEFAULT_SEED,
    stateFile: options.stateFile,
    zoomClientId: options.zoomClientId ?? SANDBOX_CREDENTIALS.zoomClientId,
    zoomClientSecrets: options.zoomClientSecrets ?? [SANDBOX_CREDENTIALS.zoomClientSecret],
    cloudlinkClientId: options.cloudlinkClientId ?? SANDBOX_CREDENTIALS.cloudlinkClientId,
    zoomWebhookSecret: options.zoomWebhookSecret ?? SANDBOX_CREDENTIALS.zoomWebhookSecret,
    now: options.now,
  });
  const outgoing = new Outgoing(world, options.zoomWebhookUrl);
  const control = new SandboxControl(world, outgoing);
  const stopping = new AbortController();
  const serving = new Serving(world, router(world, outgoing), control, stopping.signal);
  const server = createServer((request, response) => {
    serving.serve(request, response).catch((error: unknown) => {
      console.error('sandbox: a request failed', error);
      response.destroy();
    });
  });
  const port = await listen(server, options.port, host);
  world.baseUrl = baseUrl(port, host);
  return {
    port,
    baseUrl: world.baseUrl,
    credentials: {
      zoomClientId: world.options.zoomClientId,
      zoomClientSecret: world.options.zoomClientSecrets[0] ?? '',
      zoomWebhookSecret: world.options.zoomWebhookSecret,
      cloudlinkClientId: world.options.cloudlinkClientId,
    },
    urls: sandboxUrls(port, host),
    control,
    stop: () => {
      stopping.abort();
      outgoing.clear();
      return close(server);
    },
  };
}

function router(world: World, outgoing: Outgoing): Router {
  const zoom = new ZoomTokens(world);
  const cloudlink = new CloudLinkTokens(world);
  return new Router([
    ...zoomAuthorizeRoutes(world),
    ...zoomTokenRoutes(world, zoom, outgoing.events),
    ...zoomUserRoutes(world, zoom),
    ...zoomPhoneRoutes(world, zoom),
    ...zoomPhoneUserRoutes(world, zoom),
    ...zoomPushRoutes(world, zoom),
    ...portalRoutes(world),
    ...cloudlinkTokenRoutes(world, cloudlink),
    ...accountRoutes(world, cloudlink),
    ...cloudlinkUserRoutes(world, cloudlink),
    ...psiRoutes(world, cloudlink),
    ...clientRoutes(world, cloudlink),
    ...subscriptionRoutes(world, cloudlink),
  ]);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function explain(cause: NodeJS.ErrnoException, port: number, host: string): Error {
  if (cause.code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} on ${host} is taken by another program: stop it, or set SANDBOX_PORT to a free port.`,
      { cause },
    );
  }
  return new Error(
    `The sandbox cannot listen on port ${port} of ${host} (${cause.code ?? cause.message}): set SANDBOX_PORT to another port.`,
    {
      cause,
    },
  );
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
