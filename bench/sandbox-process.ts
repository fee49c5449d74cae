import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SANDBOX_CREDENTIALS, sandboxUrls } from '../sandbox/server';
import { SandboxClient, type Tokens } from '../sandbox/testing/client';
import type { SandboxUrls } from '../sandbox/urls';

/** Where the sandbox is, and what it lets in. Plain data, so that a child process can be told. */
export interface SandboxPlace {
  urls: SandboxUrls;
  zoom: Tokens;
  cloudlink: Tokens;
}

/** The sandbox in a process of its own, as a provider is: it must not take its time from the program's thread. */
export async function withSandbox<T>(users: number, work: (place: SandboxPlace) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [join(__dirname, '..', 'sandbox', 'main.js')], {
    env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_USERS: String(users) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  try {
    const lines = createInterface({ input: child.stdout });
    const [line] = (await Promise.race([once(lines, 'line'), gone.then(() => [''])])) as [string];
    if (line === '') throw new Error('The sandbox ended before it was ready.');
    const { port } = JSON.parse(line) as { port: number };
    return await work(await logIn(port));
  } finally {
    child.kill();
    await gone;
  }
}

async function logIn(port: number): Promise<SandboxPlace> {
  const urls = sandboxUrls(port);
  const client = new SandboxClient({ urls, credentials: SANDBOX_CREDENTIALS });
  return { urls, zoom: await client.zoomLogin(), cloudlink: await client.cloudlinkLogin() };
}
