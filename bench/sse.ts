import { connect, type Socket } from 'node:net';
import { accessToken, prepareUsers, type ApiStage } from './api-stage';
import { startApi, type ServerProcess } from './api-process';
import { atMost, round, type Bench, type Benchmark, type Outcome } from './benchmark';
import { bodyRequest, getRequest, load } from './load-client';

/** From the moment at which a device reports to the moment at which each of many listeners has read of it. */
export const sse: Benchmark = { name: 'sse', users: 5_000, usersOfAll: 1_000, measure };

const REPORTS = 20;
const PAUSE_MS = 250;

/** `users`: that many listen. */
async function measure({ databaseUrl, users: listeners }: Bench): Promise<Outcome> {
  const stage = await prepareUsers(databaseUrl, REPORTS, false);
  const server = await startApi(databaseUrl);
  try {
    const token = await accessToken(server, stage);
    const heard = new Map<number, number[]>();
    const sockets = await Promise.all(
      Array.from({ length: listeners }, () =>
        listen(server, stage, token, (user) => heard.get(user)?.push(performance.now())),
      ),
    );
    const delays: number[] = [];
    for (let user = 0; user < REPORTS; user += 1) {
      heard.set(user, []);
      const began = performance.now();
      await report(server, stage, token, user);
      await untilAll(() => (heard.get(user)?.length ?? 0) >= listeners);
      delays.push(...(heard.get(user) ?? []).map((at) => at - began));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    for (const socket of sockets) socket.destroy();
    delays.sort((a, b) => a - b);
    const at = (share: number): number => round(delays[Math.floor(delays.length * share)] ?? 0);
    return {
      figures: { listeners, events: delays.length, p50Ms: at(0.5), p99Ms: at(0.99) },
      ratios: {},
      goals: [atMost('p99 in ms from report to event', at(0.99), 1_000)],
    };
  } finally {
    await server.kill();
  }
}

function listen(
  { port }: ServerProcess,
  { connectorId }: ApiStage,
  token: string,
  onUser: (user: number) => void,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let isOpen = false;
    socket.setEncoding('latin1');
    socket.on('connect', () =>
      socket.write(getRequest(`/v1/connectors/${connectorId}/status-events`, { authorization: `Bearer ${token}` })),
    );
    socket.on('data', (chunk: string) => {
      if (!isOpen && chunk.startsWith('HTTP/1.1 200')) {
        isOpen = true;
        resolve(socket);
      }
      for (const [, user] of chunk.matchAll(/"email":"user(\d+)@/g)) onUser(Number(user));
    });
    socket.on('error', reject);
  });
}

async function report(server: ServerProcess, { connectorId }: ApiStage, token: string, user: number): Promise<void> {
  const body = { platform: 'desktop', outcome: 'registered', expiresIn: 3600 };
  const path = `/v1/connectors/${connectorId}/users/user${user}%40example.com/registrations/d1`;
  let request: Buffer | undefined = bodyRequest('PUT', path, body, { authorization: `Bearer ${token}` });
  await load({
    port: server.port,
    connections: 1,
    nextRequest: () => {
      const next = request;
      request = undefined;
      return next;
    },
  });
}

async function untilAll(done: () => boolean): Promise<void> {
  for (let n = 0; n < 1_000 && !done(); n += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  if (!done()) throw new Error('not every listener has heard');
}
