import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { join } from 'node:path';
import { SCOPES } from './access/principal';
import { ApiClients } from './access/api-clients.service';
import { ConnectorsService } from './connector/connectors.service';
import type { Config } from './platform/config/config';
import type { Logger } from './platform/logging/logger';
import { StartupError } from './startup-error';
import { SyncRuns } from './sync/sync-runs';
import { startSandbox } from '../sandbox/server';
import { walkConnect } from '../sandbox/walkthrough';

const DEMO_CLIENT_NAME = 'sandbox demo';
const SYNC_POLL_MS = 250;
const SYNC_PATIENCE_MS = 10 * 60_000;

/** The emulators and the demo connector that `npm start` shows when there are no real credentials. */
export interface Sandbox {
  start(): Promise<() => Promise<void>>;
  /** Never throws: the program is ready with or without its demonstration. */
  showDemo(app: NestFastifyApplication, signal: AbortSignal): Promise<void>;
}

export function prepareSandbox(config: Config, logger: Logger): Sandbox {
  return {
    start: async () => {
      const settings = config.sandbox;
      if (settings === undefined) throw new Error('the sandbox was asked for with real providers');
      // What the emulators have issued survives a restart, or the stored grants would be dead after each one.
      const running = await startSandbox({
        port: settings.port,
        users: settings.users,
        stateFile: join(config.dataDir, 'sandbox-state.json'),
        zoomWebhookUrl: `${config.publicUrl}/webhooks/zoom`,
      }).catch((error: unknown) => {
        // The sandbox explains itself in a sentence for the operator.
        throw new StartupError(error instanceof Error ? error.message : String(error));
      });
      logger.info({ url: running.baseUrl, users: settings.users }, 'sandbox Zoom and CloudLink are listening');
      return () => running.stop();
    },
    showDemo: (app, signal) =>
      showDemo(app, config, logger, signal).catch((error: unknown) => {
        if (signal.aborted) return;
        const reason = error instanceof Error ? error.message : String(error);
        logger.error(
          { reason, url: config.publicUrl },
          'the demonstration did not work; is PUBLIC_URL reachable from this machine?',
        );
      }),
  };
}

/** Walks the OAuth flow over HTTP like a browser, waits for the first sync, and prints lines that work when pasted. */
async function showDemo(
  app: NestFastifyApplication,
  config: Config,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const connectors = app.get(ConnectorsService);
  const known = (await connectors.list()).find((connector) => connector.state === 'active');
  if (known === undefined) {
    logger.info('walking the authorisation at both sides, as an admin’s browser would');
    const result = await walkConnect({
      publicUrl: config.publicUrl,
      onStep: (step) => logger.info({ step }, 'walkthrough'),
    });
    if (result.status !== 200) {
      logger.error(
        { status: result.status, url: result.finalUrl.split('?')[0] },
        'the walkthrough did not connect both sides; do it by hand with the link below',
      );
    }
  }
  const connector = (await connectors.list()).find((candidate) => candidate.state === 'active');
  logger.info({ url: `${config.publicUrl}/oauth/zoom/start` }, 'connect by hand: open this link in a browser');
  if (connector === undefined) return;
  await waitForSync(app.get(SyncRuns), connector.connectorId, logger, signal);
  if (signal.aborted) return;
  await printCurl(app.get(ApiClients), connector.connectorId, config, logger);
}

async function waitForSync(runs: SyncRuns, connectorId: string, logger: Logger, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  while (!signal.aborted && Date.now() - started < SYNC_PATIENCE_MS) {
    const [newest] = (await runs.list(connectorId, { limit: 1 })).items;
    if (newest !== undefined && !['queued', 'running'].includes(newest.state)) {
      logger.info({ connectorId, state: newest.state, counts: newest.counts }, 'synced');
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, SYNC_POLL_MS));
  }
}

/** The demo's client is made anew at each start: its secret exists only in the line that is printed. */
async function printCurl(clients: ApiClients, connectorId: string, config: Config, logger: Logger): Promise<void> {
  for (const old of await clients.list(connectorId)) {
    if (old.name === DEMO_CLIENT_NAME && old.revokedAt === null) await clients.revoke(old.clientId);
  }
  const { clientId, clientSecret } = await clients.create(connectorId, [...SCOPES], DEMO_CLIENT_NAME);
  const token = `curl -s -u '${clientId}:${clientSecret}' -d 'grant_type=client_credentials&scope=status:read' ${config.publicUrl}/oauth2/token`;
  const pick = `node -pe 'JSON.parse(require("fs").readFileSync(0)).access_token'`;
  logger.info(
    { connectorId, docs: `${config.publicUrl}/docs` },
    'demo connector is ready; paste the next line into another terminal',
  );
  // Not through the log: it carries a secret (of the sandbox) and must be pasteable as it stands.
  process.stdout.write(
    `\ncurl -s -H "Authorization: Bearer $(${token} | ${pick})" '${config.publicUrl}/v1/connectors/${connectorId}/users?limit=5'\n\n`,
  );
}
