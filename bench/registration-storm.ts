import { Client } from 'pg';
import { accessToken, prepareUsers, type ApiStage } from './api-stage';
import { serverScript, startApi, startServer, type ServerProcess } from './api-process';
import { atLeast, atMost, round, type Bench, type Benchmark, type Outcome } from './benchmark';
import { runSql } from './bench-postgres';
import { bodyRequest, load, type Load } from './load-client';

/** After an SBC has restarted: every app reports that it is registered, all at once, beside a server with one INSERT a request. */
export const registrationStorm: Benchmark = {
  name: 'registration-storm',
  users: 100_000,
  usersOfAll: 20_000,
  measure,
};

const CONNECTIONS = 256;

async function measure({ databaseUrl, users }: Bench): Promise<Outcome> {
  // First those who were away (each report moves a status), then the same again (a report that says nothing new).
  const stage = await prepareUsers(databaseUrl, users, false);
  const ours = await startApi(databaseUrl);
  let first: Load;
  let again: Load;
  try {
    const token = await accessToken(ours, stage);
    first = await storm(ours, stage, users, token);
    again = await storm(ours, stage, users, token);
  } finally {
    await ours.kill();
  }
  await runSql(databaseUrl, 'create table plain_reports (like registrations including all)');
  const plain = await startServer(serverScript('one-insert'), { DATABASE_URL: databaseUrl });
  const one = await storm(plain, stage, users, 'none').finally(() => plain.kill());
  const parsed = await startServer(serverScript('parsed'), {});
  const ceiling = await storm(parsed, stage, users, 'none').finally(() => parsed.kill());
  const lost = await killInTheMiddle(databaseUrl, stage, users);
  const ratios = {
    firstToOneInsert: round(rate(first) / rate(one)),
    againToOneInsert: round(rate(again) / rate(one)),
    // What bare Fastify reaches that only reads the body: nobody can be better.
    parsedToOneInsert: round(rate(ceiling) / rate(one)),
  };
  return {
    figures: {
      users,
      firstPerSecond: Math.round(rate(first)),
      firstP99Ms: round(first.p99),
      againPerSecond: Math.round(rate(again)),
      againP99Ms: round(again.p99),
      oneInsertPerSecond: Math.round(rate(one)),
      oneInsertP99Ms: round(one.p99),
      parsedPerSecond: Math.round(rate(ceiling)),
      acknowledgedBeforeKill: lost.acknowledged,
      acknowledgedAndLost: lost.lost,
    },
    ratios,
    goals: [
      atLeast('reports of apps that come back to one INSERT per request', ratios.againToOneInsert, 4),
      atMost('acknowledged reports lost when the process is killed', lost.lost, 0),
    ],
  };
}

const rate = ({ answers, seconds }: Load): number => answers / seconds;

const REPORT = {
  platform: 'desktop',
  outcome: 'registered',
  appVersion: '6.3.6',
  expiresIn: 3600,
  target: { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' },
};

const requestOf = ({ connectorId }: ApiStage, user: number, token: string, deviceId = 'd1'): Buffer =>
  bodyRequest(
    'PUT',
    `/v1/connectors/${connectorId}/users/user${user}%40example.com/registrations/${deviceId}`,
    REPORT,
    {
      authorization: `Bearer ${token}`,
    },
  );

async function storm(server: ServerProcess, stage: ApiStage, users: number, token: string): Promise<Load> {
  let user = 0;
  const nextRequest = (): Buffer | undefined => (user < users ? requestOf(stage, user++, token) : undefined);
  const seen = await load({ port: server.port, connections: CONNECTIONS, nextRequest });
  if (Object.keys(seen.statuses).join() !== '204' || seen.answers !== users)
    throw new Error(`not all reports were taken: ${JSON.stringify(seen.statuses)}`);
  return seen;
}

/** Another device of each user, so that what is stored tells which reports were. */
async function killInTheMiddle(
  databaseUrl: string,
  stage: ApiStage,
  users: number,
): Promise<{ acknowledged: number; lost: number }> {
  const server = await startApi(databaseUrl);
  const token = await accessToken(server, stage);
  const acknowledged = new Set<number>();
  let user = 0;
  let killed: Promise<void> | undefined;
  await load({
    port: server.port,
    connections: CONNECTIONS,
    nextRequest: () => (user < users ? requestOf(stage, user++, token, 'd2') : undefined),
    onAnswer: (request, status) => {
      if (status === 204) acknowledged.add(request);
      if (acknowledged.size > users / 3) killed ??= server.kill('SIGKILL');
    },
  });
  await killed;
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ email: string }>(
      `select u.email from integrated_users u join registrations r using (connector_id, user_id) where r.device_id = 'd2'`,
    );
    const stored = new Set(rows.map(({ email }) => email));
    const lost = [...acknowledged].filter((number) => !stored.has(`user${number}@example.com`));
    return { acknowledged: acknowledged.size, lost: lost.length };
  } finally {
    await client.end();
  }
}
