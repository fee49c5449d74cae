import { randomUUID } from 'node:crypto';
import { HttpService } from '@nestjs/axios';
import { AuditLog } from '../../src/platform/audit/audit-log';
import { Queue } from '../../src/platform/queue/queue';
import { QueueWorker } from '../../src/platform/queue/queue-worker';
import { TaskRegistry } from '../../src/platform/queue/task-registry';
import { RemoteHttp } from '../../src/platform/remote/remote-http';
import { LOGGER, type Logger } from '../../src/platform/logging/logger';
import { endedRun, startProgram, until, type Program } from '../support/program';
import { listenForTraces } from './answered-traces';

interface Row {
  action: string;
  subject: string;
  zoom: string | null;
  mitel: string | null;
  details: Record<string, unknown>;
}

describe('the ids of the providers in the audit', () => {
  const traces = listenForTraces();
  let program: Program;
  let connectorId: string;
  let rows: Row[];

  const read = async (): Promise<Row[]> =>
    (
      await program.database.query<Row>(
        `select action, subject, zoom_tracking_id as zoom, mitel_correlation_id as mitel, details from audit_events
         where connector_id = $1 order by event_id`,
        [connectorId],
      )
    ).rows;

  beforeAll(async () => {
    program = await startProgram({ users: 30 });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    rows = await read();
  });
  afterAll(async () => {
    traces.stop();
    await program.stop();
  });

  const lastOf = (provider: 'zoom' | 'mitel', path: RegExp): string | undefined =>
    traces.seen.filter((answer) => path.test(answer.path)).at(-1)?.[provider];

  it('are those of the last answer that an authorisation rests on, and of its own side only', () => {
    const added = rows.filter((row) => row.action === 'grant.added');
    const [zoom, cloudlink] = ['zoom', 'cloudlink'].map((side) =>
      added.find((row) => row.details['provider'] === side),
    );
    expect(zoom?.zoom).toBe(lastOf('zoom', /permissions/));
    expect(zoom?.zoom).toMatch(/^v=2\.0;/);
    expect(zoom?.mitel).toBeNull();
    expect(cloudlink).toMatchObject({ zoom: null, mitel: expect.any(String) });
    expect(traces.seen.map((answer) => answer.mitel)).toContain(cloudlink?.mitel);
  });

  it('are those of the last pages that a sync has read', () => {
    const ended = rows.find((row) => row.action === 'sync.ended');
    expect(ended?.details).toMatchObject({ state: 'succeeded', trigger: 'connect', error: null, removed: 0 });
    expect(ended?.zoom).toBe(lastOf('zoom', /\/v2\/users\?/));
    expect(ended?.mitel).toBe(lastOf('mitel', /psi/i));
  });

  it('are not there where no answer was seen', () => {
    const created = rows.find((row) => row.action === 'client.created');
    expect(created).toMatchObject({ zoom: null, mitel: null });
  });

  it('are those of what a failed run was answered', async () => {
    program.sandbox.control.setFault({ kind: 'cloudlink.psi', fault: '403' });
    const token = await program.token(connectorId);
    const before = await endedRun(program, connectorId);
    await fetch(`${program.url}/v1/connectors/${connectorId}/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    const run = await endedRun(program, connectorId, before['id'] as string);
    program.sandbox.control.clearFaults();
    const failed = (await read()).find((row) => row.action === 'sync.ended' && row.subject === run['id']);
    expect(failed?.details).toMatchObject({ state: 'failed', trigger: 'manual', error: expect.any(String) });
    expect(failed?.mitel).toBe(lastOf('mitel', /psi/i));
  });

  it('reach what a job records', async () => {
    const { zoomApi } = program.sandbox.urls;
    const subject = randomUUID();
    const logger = program.app.get<Logger>(LOGGER);
    const remote = new RemoteHttp(new HttpService(), program.clock, logger);
    const handler = async (): Promise<void> => {
      const signal = AbortSignal.timeout(5_000);
      const url = `${zoomApi}/users`;
      await remote.send({
        provider: 'zoom',
        account: undefined,
        rateClass: 'light',
        name: 'test',
        method: 'GET',
        url,
        signal,
        repeatable: true,
      });
      await program.app.get(AuditLog).record({
        connectorId,
        actorKind: 'system',
        actorId: 'test',
        action: 'test.done',
        subject,
      });
    };
    // A worker beside the program's own, which does not know this task.
    const tasks = new TaskRegistry();
    tasks.register('record-a-test', handler);
    const worker = new QueueWorker(program.databaseUrl, tasks, logger);
    await worker.onApplicationBootstrap();
    await program.app.get(Queue).add('record-a-test', {});
    const found = await until('the event', async () => (await read()).find((row) => row.subject === subject));
    await worker.beforeApplicationShutdown();
    expect(found.zoom).toBe(lastOf('zoom', /\/users$/));
  });

  it('give way to those that the caller names, and are dropped when they are no plain ids', async () => {
    const audit = program.app.get(AuditLog);
    const entry = { connectorId, actorKind: 'webhook', actorId: 'zoom', action: 'test.named' } as const;
    await audit.record({ ...entry, zoomTrackingId: 'mine', mitelCorrelationId: 'two words' });
    expect((await read()).at(-1)).toMatchObject({ action: 'test.named', zoom: 'mine', mitel: null });
  });
});
