import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections and to `listen(0)`. */
const FIRST = 10_000;
const PER_WORKER = 4_000;
const WORKERS = 5;

const worker = Number(process.env['JEST_WORKER_ID'] ?? '1') % WORKERS;
let next = Math.floor(Math.random() * PER_WORKER);

/**
 * A port for a process that is about to be started. One that the system has just named free may be given to the next
 * connection of anybody before that process listens; of these ports each worker of Jest has its own.
 */
export async function freePort(address = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < PER_WORKER; tries += 1) {
    const port = FIRST + worker * PER_WORKER + next;
    next = (next + 1) % PER_WORKER;
    if (await isFree(port, address)) return port;
  }
  throw new Error('no port is free');
}

function isFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
