import 'reflect-metadata';
import { explainStart } from './explain-start';
import { loadConfig } from './load-config';
import { openDatabase } from './open-database';
import { migrate } from './platform/database/migrate';
import { createLogger } from './platform/logging/logger';
import { startServer } from './start-server';

type Stop = () => Promise<void>;

const FORCE_EXIT_AFTER_MS = 25_000;

/** What has been started, to be stopped in reverse order, once. */
class Program {
  private readonly stops: Stop[] = [];
  private readonly aborting = new AbortController();
  private ending: Promise<void> | undefined;

  /** Starts, and goes on until a signal or the loss of the database ends it. */
  run(): void {
    const started = this.start().catch((error: unknown) => {
      if (this.ending !== undefined) return;
      console.error(explainStart(error));
      this.end(1);
    });
    const onSignal = (): void => {
      // A second Ctrl-C does not wait for the first.
      if (this.ending !== undefined) process.exit(130);
      // What is just being started is not yet in the list of what to stop.
      this.end(0, started);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  }

  private async start(): Promise<void> {
    const { signal } = this.aborting;
    const config = await loadConfig(process.env);
    const logger = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY === true });
    if (config.sandbox !== undefined) {
      logger.warn(
        'SANDBOX MODE: ZOOM_CLIENT_ID is not set, so this program talks to its own emulators of Zoom and CloudLink. No real account is touched.',
      );
    }
    const database = await openDatabase(config, logger, signal, () => {
      logger.error('the embedded PostgreSQL has ended unexpectedly; this program ends too, start it again');
      this.end(1);
    });
    this.stops.push(() => database.stop());
    const migrations = await migrate(database.url);
    if (migrations.length > 0) logger.info({ migrations }, 'database schema brought up to date');
    signal.throwIfAborted();
    // The emulators first: the connector may have a sync to go on with.
    const sandbox =
      config.sandbox === undefined ? undefined : (await import('./sandbox-mode.js')).prepareSandbox(config, logger);
    if (sandbox !== undefined) this.stops.push(await sandbox.start());
    const app = await startServer({ config, logger, databaseUrl: database.url });
    this.stops.push(() => app.close());
    signal.throwIfAborted();
    logger.info({ url: config.publicUrl, docs: `${config.publicUrl}/docs` }, 'ready');
    if (sandbox !== undefined) await sandbox.showDemo(app, signal);
  }

  private end(exitCode: number, first: Promise<void> = Promise.resolve()): void {
    if (this.ending !== undefined) return;
    setTimeout(() => process.exit(1), FORCE_EXIT_AFTER_MS).unref();
    this.aborting.abort();
    this.ending = first.then(() => this.stopAll()).then(() => process.exit(exitCode));
  }

  private async stopAll(): Promise<void> {
    for (const stop of this.stops.splice(0).reverse()) await stop().catch((error: unknown) => console.error(error));
  }
}

new Program().run();
