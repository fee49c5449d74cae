import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { RunningSandbox } from '../../sandbox/server';
import { freePort } from './free-port';
import { until } from './program';

export interface SpawnedProgram {
  url: string;
  process: ChildProcess;
  env: Record<string, string>;
  output(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/**
 * `npm start` as a process of its own, in real mode: the emulators are, for it, just the addresses in its environment.
 * A hook makes it fail if any sandbox code is loaded.
 */
export async function spawnProgram(
  databaseUrl: string,
  sandbox: RunningSandbox,
  given: Record<string, string> = {},
): Promise<SpawnedProgram> {
  const port = given['PORT'] ?? String(await freePort());
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    ZOOM_CLIENT_ID: sandbox.credentials.zoomClientId,
    ZOOM_CLIENT_SECRET: sandbox.credentials.zoomClientSecret,
    ZOOM_OAUTH_URL: sandbox.urls.zoomOAuth,
    ZOOM_API_URL: sandbox.urls.zoomApi,
    CLOUDLINK_CLIENT_ID: sandbox.credentials.cloudlinkClientId,
    CLOUDLINK_PORTAL_URL: sandbox.urls.cloudlinkPortal,
    CLOUDLINK_AUTH_URL: sandbox.urls.cloudlinkAuth,
    CLOUDLINK_ADMIN_URL: sandbox.urls.cloudlinkAdmin,
    CLOUDLINK_NOTIFICATIONS_URL: sandbox.urls.cloudlinkNotifications,
    ZOOM_WEBHOOK_SECRETS: sandbox.credentials.zoomWebhookSecret,
    LOG_LEVEL: 'debug',
    SYNC_INTERVAL: '1d',
    ...given,
  };
  const root = join(__dirname, '..', '..');
  const child = spawn(
    process.execPath,
    ['--require', join(__dirname, 'no-sandbox.cjs'), join(root, 'dist', 'src', 'main.js')],
    { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const program: SpawnedProgram = {
    url: env['PUBLIC_URL'] ?? '',
    process: child,
    env,
    output: () => text,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
  await until('the program to be ready', async () => {
    if (child.exitCode !== null) throw new Error(`the program ended: ${text}`);
    const response = await fetch(`${program.url}/health/ready`).catch(() => undefined);
    return response?.ok === true ? true : undefined;
  });
  return program;
}
