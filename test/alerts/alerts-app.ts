import { randomBytes, randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '../../src/access/access.module';
import { ApiClients } from '../../src/access/api-clients.service';
import { SCOPES, type Scope } from '../../src/access/principal';
import type { NewAlert } from '../../src/alerts/alert-kinds';
import { Alerts } from '../../src/alerts/alerts';
import { AlertsModule } from '../../src/alerts/alerts.module';
import { AlertsWorkerModule } from '../../src/alerts/alerts-worker.module';
import type { Provider } from '../../src/oauth/provider';
import { ReauthorizeLinks } from '../../src/oauth/reauthorize-links';
import { serveOpenApi } from '../../src/open-api';
import { readEnvironment, type SandboxDefaults } from '../../src/platform/config/read-environment';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { Database } from '../../src/platform/database/database';
import { createHttpApp } from '../../src/platform/http/server';
import { createLogger } from '../../src/platform/logging/logger';
import { PlatformModule } from '../../src/platform/platform.module';
import { QueueWorkerModule } from '../../src/platform/queue/queue-worker.module';
import { MovableClock, until } from '../support/program';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** Links whose life can be told from outside. */
class TestLinks extends ReauthorizeLinks {
  linkFor(connectorId: string, provider: Provider): { url: string; expiresAt: Date } {
    return {
      url: `https://host.example/oauth/${provider}/reauthorize?c=${connectorId}&t=a%2Bb`,
      expiresAt: new Date('2026-12-01T10:30:00Z'),
    };
  }
}

@Global()
@Module({ providers: [{ provide: ReauthorizeLinks, useClass: TestLinks }], exports: [ReauthorizeLinks] })
class TestLinksModule {}

const SANDBOX: SandboxDefaults = {
  zoomClientId: 'zoom',
  zoomClientSecret: 'zoom-secret',
  zoomWebhookSecret: 'w',
  cloudlinkClientId: 'cloudlink',
  urls: () => {
    const url = 'http://127.0.0.1:9';
    return {
      zoomOAuth: url,
      zoomApi: url,
      cloudlinkPortal: url,
      cloudlinkAuth: url,
      cloudlinkAdmin: url,
      cloudlinkMedia: url,
      cloudlinkNotifications: url,
    };
  },
};
const REAL = {
  PUBLIC_URL: 'https://host.example',
  ZOOM_CLIENT_ID: 'zoom',
  ZOOM_CLIENT_SECRET: 'zoom-secret',
  CLOUDLINK_CLIENT_ID: 'cloudlink',
};

export interface AlertsAppOptions {
  env?: Record<string, string>;
  /** As with real providers: webhooks of connectors may not lead into private networks. */
  real?: boolean;
  /** A second process beside this one: same database, same keys. */
  beside?: AlertsApp;
}

/** The real server and job worker with the modules access and alerts, on a real database, with one connector. */
export class AlertsApp {
  readonly clock = new MovableClock();
  readonly connectorId: string;
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly place: TestDatabase,
    readonly env: Record<string, string>,
    private readonly lines: string[],
    private readonly beside: AlertsApp | undefined,
  ) {
    this.connectorId = beside?.connectorId ?? randomUUID();
  }

  static async start(options: AlertsAppOptions = {}): Promise<AlertsApp> {
    const { beside } = options;
    const place = beside?.place ?? (await createTestDatabase());
    const env = beside?.env ?? {
      DATABASE_URL: place.url,
      ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
      ...(options.real === true ? REAL : {}),
      ...options.env,
    };
    const lines: string[] = [];
    const stream = new PassThrough();
    stream.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    const logger = createLogger({ level: 'debug', pretty: false, stream });
    const config = readEnvironment(env, options.real === true ? undefined : SANDBOX);
    const root: DynamicModule = {
      module: class RootModule {},
      imports: [
        PlatformModule.forRoot({ config, logger, databaseUrl: place.url }),
        QueueWorkerModule,
        TestLinksModule,
        AccessModule,
        AlertsModule,
        AlertsWorkerModule,
      ],
    };
    const app = await createHttpApp(root, { logger, pathPrefix: '' });
    serveOpenApi(app, config.publicUrl);
    await app.listen(0, '127.0.0.1');
    const started = new AlertsApp(app, await app.getUrl(), place, env, lines, beside);
    if (beside === undefined) await started.addConnector(started.connectorId);
    return started;
  }

  get database(): Database {
    return this.app.get(Database);
  }

  log(): string {
    return this.lines.join('');
  }

  logged(message: string): Record<string, unknown>[] {
    return this.log()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['msg'] === message);
  }

  async addConnector(connectorId: string, name = 'Büro Zürich'): Promise<void> {
    await this.database.query(
      `insert into connectors (connector_id, name, state, zoom_account_id, cloudlink_account_id)
       values ($1, $2, 'reauthorization_required', $3, $4)`,
      [connectorId, name, `zoom-${connectorId}`, `cl-${connectorId}`],
    );
    await this.app.get(ConnectorCiphers).create(connectorId, this.database);
  }

  /** @returns the grant's id */
  async addGrant(state: 'active' | 'dead', email: string, connectorId = this.connectorId): Promise<string> {
    const id = randomUUID();
    await this.database.query(
      `insert into grants (connector_id, grant_id, provider, state, account_id, subject_id, subject_email, subject_role)
       values ($1, $2, 'zoom', $3, 'z', $4, $5, 'Owner')`,
      [connectorId, id, state, randomUUID(), email],
    );
    return id;
  }

  raise(alert: Omit<NewAlert, 'connectorId'> & { connectorId?: string }): Promise<void> {
    return this.database.transaction((transaction) =>
      this.app.get(Alerts).raise({ connectorId: this.connectorId, ...alert }, transaction),
    );
  }

  /** What is to be tried again later is tried now, until `probe` gives something. */
  async hurried<T>(what: string, probe: () => Promise<T | undefined> | T | undefined, patienceMs = 60_000): Promise<T> {
    return until(
      what,
      async () => {
        await this.database.query(
          'update graphile_worker._private_jobs set run_at = now() where attempts > 0 and locked_at is null',
        );
        return probe();
      },
      patienceMs,
    );
  }

  async deliveries(): Promise<Record<string, unknown>[]> {
    const { rows } = await this.database.query<Record<string, unknown>>(
      'select * from alert_deliveries order by channel, destination',
    );
    return rows;
  }

  /** Waits until nothing is on its way any more. */
  settled(): Promise<Record<string, unknown>[]> {
    return this.hurried('all deliveries to end', async () => {
      const rows = await this.deliveries();
      return rows.some((row) => row['state'] === 'pending') ? undefined : rows;
    });
  }

  async token(scopes: readonly Scope[] = SCOPES, connectorId = this.connectorId): Promise<string> {
    const key = `${connectorId} ${scopes.join(' ')}`;
    const known = this.tokens.get(key);
    if (known !== undefined) return known;
    const { clientId, clientSecret } = await this.app.get(ApiClients).create(connectorId, [...scopes], 'test');
    const response = await fetch(`${this.url}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    this.tokens.set(key, token);
    return token;
  }

  async stop(): Promise<void> {
    await this.app.close();
    if (this.beside === undefined) await this.place.drop();
  }
}
