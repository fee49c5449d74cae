import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

export interface ServerProcess {
  port: number;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

const START_LIMIT_MS = 30_000;
/** As `npm start` and the image run the program; what stands beside it gets the same. */
const NODE_OPTIONS = ['--max-semi-space-size=64'];

/** One of bench/servers/, or the program itself, in a process of its own; resolves when it answers. */
export async function startServer(script: string, environment: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [...NODE_OPTIONS, script], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilAnswers(child, port);
  return {
    port,
    kill: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

export const ENCRYPTION_KEY = `bench:${Buffer.alloc(32, 7).toString('base64')}`;

/** The program as an operator runs it, with ROLE=api. */
export function startApi(databaseUrl: string, environment: Record<string, string> = {}): Promise<ServerProcess> {
  return startServer(join(__dirname, '..', 'src', 'main.js'), {
    DATABASE_URL: databaseUrl,
    ROLE: 'api',
    LOG_LEVEL: 'error',
    CLIENT_RATE_LIMIT: '0',
    PUBLIC_URL: 'https://bench.example',
    ENCRYPTION_KEYS: ENCRYPTION_KEY,
    ZOOM_CLIENT_ID: 'bench',
    ZOOM_CLIENT_SECRET: 'bench',
    CLOUDLINK_CLIENT_ID: 'bench',
    ...environment,
  });
}

export const serverScript = (name: string): string => join(__dirname, 'servers', `${name}.js`);

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilAnswers(child: ChildProcess, port: number): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error('the server that was to be measured ended early');
    const isUp = await fetch(`http://127.0.0.1:${port}/health/live`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server that was to be measured does not answer');
}
