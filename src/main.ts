import 'reflect-metadata';
import { loadConfig } from './load-config';
import { openDatabase } from './open-database';
import { ConfigError } from './platform/config/read-environment';
import { EmbeddedPostgresError } from './platform/database/embedded/embedded-postgres-error';
import { migrate } from './platform/database/migrate';
import { createLogger, type Logger } from './platform/logging/logger';
import { startServer } from './start-server';
import { StartupError } from './startup-error';

type Stop = () => Promise<void>;

const FORCE_EXIT_AFTER_MS = 25_000;

/** Starts everything in order and returns what to stop, last first. */
async function start(stops: Stop[]): Promise<Logger> {
  const config = await loadConfig(process.env);
  const logger = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY === true });
  if (config.sandbox !== undefined) {
    logger.warn(
      'SANDBOX MODE: ZOOM_CLIENT_ID is not set, so this program talks to its own emulators of Zoom and CloudLink. No real account is touched.',
    );
  }
  const database = await openDatabase(config, logger);
  stops.push(() => database.stop());
  const migrations = await migrate(database.url);
  if (migrations.length > 0) logger.info({ migrations }, 'database schema brought up to date');
  // The emulators first: the connector may have a sync to go on with.
  const sandbox =
    config.sandbox === undefined ? undefined : (await import('./sandbox-mode.js')).prepareSandbox(config, logger);
  if (sandbox !== undefined) stops.push(await sandbox.start());
  const app = await startServer({ config, logger, databaseUrl: database.url });
  stops.push(() => app.close());
  logger.info({ url: config.publicUrl, docs: `${config.publicUrl}/docs` }, 'ready');
  if (sandbox !== undefined) await sandbox.showDemo(app);
  return logger;
}

async function main(): Promise<void> {
  const stops: Stop[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    setTimeout(() => process.exit(1), FORCE_EXIT_AFTER_MS).unref();
    for (const stop of stops.splice(0).reverse()) await stop().catch((error: unknown) => console.error(error));
  };
  const onSignal = (): void => {
    // A second Ctrl-C does not wait for the first.
    if (stopping !== undefined) process.exit(130);
    stopping = stopAll().then(() => process.exit(0));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    await start(stops);
  } catch (error) {
    if (stopping !== undefined) return;
    console.error(explain(error));
    await stopAll();
    process.exit(1);
  }
}

/** What an operator can act on as a sentence; anything else with its stack, because it is a fault of ours. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartupError || error instanceof EmbeddedPostgresError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

void main();
