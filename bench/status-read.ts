import { accessToken, prepareUsers, type ApiStage } from './api-stage';
import { serverScript, startApi, startServer, type ServerProcess } from './api-process';
import { atLeast, atMost, round, type Bench, type Benchmark, type Outcome } from './benchmark';
import { getRequest, load, type Load } from './load-client';

/** Status reads of users chosen at random, with the token checked, beside three servers that do less or do it as usual. */
export const statusRead: Benchmark = { name: 'status-read', users: 100_000, usersOfAll: 20_000, measure };

const CONNECTIONS = [1, 8, 64, 256] as const;
/** Where the goals are looked at. */
const BUSY = 64;
const SECONDS = 3;
const ROUNDS = 2;

const WAYS = ['ours', 'constant', 'prepared', 'usual', 'batched'] as const;
type Way = (typeof WAYS)[number];

async function measure({ databaseUrl, users }: Bench): Promise<Outcome> {
  const stage = await prepareUsers(databaseUrl, users, true);
  const best = new Map<string, Load>();
  let token = 'none';
  // In turn, so that what else the machine does hits all of them.
  for (let n = 0; n < ROUNDS; n += 1) {
    for (const way of WAYS) {
      const server = await start(way, databaseUrl);
      try {
        if (way === 'ours') token = await accessToken(server, stage);
        const headers = { authorization: `Bearer ${way === 'ours' || way === 'batched' ? token : 'none'}` };
        await run(server, stage, users, headers, BUSY, 1);
        for (const connections of CONNECTIONS) {
          const seen = await run(server, stage, users, headers, connections, SECONDS);
          const key = `${way}${connections}`;
          const known = best.get(key);
          if (known === undefined || rate(seen) > rate(known)) best.set(key, seen);
        }
      } finally {
        await server.kill();
      }
    }
  }
  return report(best, users);
}

const start = (way: Way, databaseUrl: string): Promise<ServerProcess> =>
  way === 'ours' ? startApi(databaseUrl) : startServer(serverScript(way), { DATABASE_URL: databaseUrl });

async function run(
  server: ServerProcess,
  { connectorId }: ApiStage,
  users: number,
  headers: Record<string, string>,
  connections: number,
  seconds: number,
): Promise<Load> {
  const nextRequest = (): Buffer =>
    getRequest(
      `/v1/connectors/${connectorId}/users/user${Math.floor(Math.random() * users)}%40example.com/status`,
      headers,
    );
  const seen = await load({ port: server.port, connections, seconds, nextRequest });
  if (Object.keys(seen.statuses).join() !== '200')
    throw new Error(`not all answers were 200: ${JSON.stringify(seen.statuses)}`);
  return seen;
}

const rate = ({ answers, seconds }: Load): number => answers / seconds;

function report(best: ReadonlyMap<string, Load>, users: number): Outcome {
  const of = (way: Way, connections: number): Load => {
    const seen = best.get(`${way}${connections}`);
    if (seen === undefined) throw new Error('it was not measured');
    return seen;
  };
  const figures: Record<string, number> = { users };
  for (const connections of CONNECTIONS) {
    for (const way of WAYS) figures[`${way}PerSecondAt${connections}`] = Math.round(rate(of(way, connections)));
    figures[`oursP50MsAt${connections}`] = round(of('ours', connections).p50);
    figures[`oursP99MsAt${connections}`] = round(of('ours', connections).p99);
  }
  const to = (way: Way): number => round(rate(of('ours', BUSY)) / rate(of(way, BUSY)));
  const ratios = {
    toConstant: to('constant'),
    toUsual: to('usual'),
    toPrepared: to('prepared'),
    // What bare Fastify reaches with a batched query: about as far as the first goal could go on this machine.
    batchedToConstant: round(rate(of('batched', BUSY)) / rate(of('constant', BUSY))),
  };
  return {
    figures,
    ratios,
    goals: [
      atLeast('status reads to a constant reply of bare Fastify', ratios.toConstant, 0.6),
      atLeast('status reads to Nest, Express and findOne', ratios.toUsual, 8),
      atLeast('status reads to bare Fastify with a prepared query', ratios.toPrepared, 2),
      atMost(`p99 in ms at ${BUSY} connections`, round(of('ours', BUSY).p99), 25),
    ],
  };
}
