import { postponeZoomPhone } from '../support/postpone-zoom-phone';
import { createHmac, randomUUID } from 'node:crypto';
import { accountPlan } from '../../sandbox/accounts';
import { DEFAULT_SEED } from '../../sandbox/credentials';
import { Roster } from '../../sandbox/directory/roster';
import { SyncRuns } from '../../src/sync/sync-runs';
import { until, type Program } from '../support/program';

/** Zoom's secret token in all tests of webhooks. */
export const SECRET = 'zoom-webhook-secret-token';
export const ZOOM_ACCOUNT = accountPlan(1).zoomAccountId;
export const CLOUDLINK_ACCOUNT = accountPlan(1).cloudlinkAccountId;

/** The Zoom id of a user of the sandbox's first account. */
export const zoomIdOf = (position: number): string =>
  new Roster(accountPlan(1), DEFAULT_SEED, 0).zoomIds.shortId(position);

export const signZoom = (body: string | Buffer, timestamp: string, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;

export interface Delivery {
  body: string | Buffer;
  secret?: string;
  /** Seconds since 1970; the program's now when absent. */
  timestamp?: string;
  /** null: the header is absent. */
  signature?: string | null;
  requestId?: string | null;
  contentType?: string;
  url?: string;
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  ms: number;
}

/** Delivers as Zoom does. */
export async function deliver(program: Program, delivery: Delivery): Promise<Answered> {
  const timestamp = delivery.timestamp ?? String(Math.floor(program.clock.now().getTime() / 1000));
  const { signature = signZoom(delivery.body, timestamp, delivery.secret), requestId = randomUUID() } = delivery;
  return post(delivery.url ?? `${program.url}/webhooks/zoom`, delivery.body, {
    'user-agent': 'Zoom Marketplace/1.0a',
    'content-type': delivery.contentType ?? 'application/json; charset=utf-8',
    'x-zm-request-timestamp': timestamp,
    ...(signature === null ? {} : { 'x-zm-signature': signature }),
    ...(requestId === null ? {} : { 'x-zm-request-id': requestId }),
  });
}

export async function post(url: string, body: string | Buffer, headers: Record<string, string>): Promise<Answered> {
  const started = Date.now();
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, ms: Date.now() - started };
}

/** A user event about somebody of the sandbox's first account, as Zoom writes it. */
export const userEvent = (event: string, id: string, accountId = ZOOM_ACCOUNT): string =>
  JSON.stringify({
    event,
    event_ts: Date.now(),
    payload: {
      account_id: accountId,
      operator: 'admin@example.com',
      object: { id, first_name: 'Jürgen', last_name: 'Groß', email: 'juergen.gross@example.com', type: 2 },
    },
  });

export const appDeauthorized = (userId: string, clientId: string, accountId = ZOOM_ACCOUNT): string =>
  JSON.stringify({
    event: 'app_deauthorized',
    payload: {
      account_id: accountId,
      user_id: userId,
      signature: '827edc3452044f0b3000',
      deauthorization_time: '2020-06-17T13:52:28.632Z',
      client_id: clientId,
      event_ts: '2024-09-08 15:58:40',
    },
  });

export interface DeliveryRow {
  provider: string;
  dedupe_key: string;
  event: string;
  account_id: string;
  subject_id: string;
  occurred_at: Date | null;
  processed_at: Date | null;
  outcome: string | null;
}

export async function deliveryRows(program: Program): Promise<DeliveryRow[]> {
  const { rows } = await program.database.query<DeliveryRow & Record<string, unknown>>(
    'select * from webhook_deliveries order by received_at, dedupe_key',
  );
  return rows;
}

export async function waitingJobs(program: Program): Promise<number> {
  const { rows } = await program.database.query<{ n: number }>(
    `select count(*)::int as n from graphile_worker.jobs where task_identifier in ('zoom-event', 'cloudlink-event')`,
  );
  return rows[0]?.n ?? -1;
}

/** Delivers and waits for what became of it. */
export async function followed(program: Program, body: string): Promise<string> {
  const requestId = randomUUID();
  const { status } = await deliver(program, { body, requestId });
  if (status !== 200) throw new Error(`the delivery was answered with ${status}`);
  return outcomeOf(program, requestId);
}

export const outcomeOf = (program: Program, requestId: string): Promise<string> =>
  until(`the outcome of ${requestId}`, async () => {
    const { rows } = await program.database.query<{ outcome: string | null }>(
      'select outcome from webhook_deliveries where dedupe_key like $1',
      [`%${requestId}`],
    );
    return rows[0]?.outcome ?? undefined;
  });

/** Seconds until the next sync is due. */
export async function secondsToSync(program: Program): Promise<number> {
  const { rows } = await program.database.query<{ s: number | null }>(
    'select extract(epoch from next_sync_at - now())::float as s from connectors',
  );
  return rows[0]?.s ?? 0;
}

/** Puts the next sync far away, so that a request for one shows. */
export const postponeSync = async (program: Program): Promise<void> => {
  await program.database.query(`update connectors set next_sync_at = now() + interval '1 day'`);
  await postponeZoomPhone(program);
};

/** Syncs by hand, as an admin would. */
export async function syncNow(program: Program, connectorId: string): Promise<Record<string, unknown>> {
  const { runId } = await program.app.get(SyncRuns).enqueue(connectorId, 'manual');
  return endOfRun(program, runId);
}

export const endOfRun = (program: Program, runId: string): Promise<Record<string, unknown>> =>
  until('the sync to end', async () => {
    const { rows } = await program.database.query<Record<string, unknown>>(
      `select * from sync_runs where run_id = $1 and state not in ('queued', 'running')`,
      [runId],
    );
    return rows[0];
  });
