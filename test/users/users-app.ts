import { randomBytes, randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '../../src/access/access.module';
import { ApiClients } from '../../src/access/api-clients.service';
import { SCOPES, type Scope } from '../../src/access/principal';
import { Clock } from '../../src/platform/clock/clock';
import { readEnvironment } from '../../src/platform/config/read-environment';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { Database } from '../../src/platform/database/database';
import { createHttpApp } from '../../src/platform/http/server';
import { createLogger } from '../../src/platform/logging/logger';
import { PlatformModule } from '../../src/platform/platform.module';
import type { RegistrationTarget } from '../../src/sip/parse-target';
import type { RegistrationDto } from '../../src/users/status.dto';
import type { UserDto } from '../../src/users/users.dto';
import { UsersModule } from '../../src/users/users.module';
import { createTestDatabase } from '../support/test-database';

/** Real time plus a shift of less than an hour: access tokens are issued by the system's clock and live that long. */
export class ShiftedClock extends Clock {
  private shift = 0;

  now(): Date {
    return new Date(Date.now() + this.shift);
  }

  advance(seconds: number): void {
    this.shift += seconds * 1000;
  }
}

/** What the tests read of the answers of any route; what a route does not send is undefined at run time. */
export interface AnswerBody {
  code: string;
  errors: { field: string }[];
  status: string;
  since: string;
  email: string;
  sip: { code: number; algorithm: string; ha1: string };
  registrations: RegistrationDto[];
  items: UserDto[];
  nextCursor: string;
  count: number;
  pbx: unknown[];
  codes: unknown[];
  credential: unknown;
  credentials: unknown[];
  targets: unknown[];
  features: unknown;
  place: string;
  devices: unknown;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

export interface NewUser {
  email: string;
  displayName?: string;
  extension?: string;
  zoomUserId?: string | null;
  zoomStatus?: string | null;
  /** `ready` brings a credential. */
  credential?: 'none' | 'ready' | 'revoked';
  status?: string;
  md5?: string | null;
  sha256?: string | null;
  targets?: RegistrationTarget[];
}

export const MD5 = '8a8334bfdc2a87b3d7f183858c757f42';
export const SHA256 = '4af699c0703f3a50a7a26e3a48398b1990c9ffd0997d4de41e7ac853963b2961';
export const TARGETS: RegistrationTarget[] = [
  { role: 'pbx', host: '198.51.100.5', port: 5060, transport: 'tcp' },
  { role: 'backup_sbc', host: '192.0.2.11', port: 5061, transport: 'tls' },
  { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' },
];

const KEY = randomBytes(32);

/** The real server with the modules access and users, one connector, and clients for it. */
export class UsersApp {
  readonly database: Database;
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly clock: ShiftedClock,
    readonly connectorId: string,
    readonly lines: string[],
    private readonly place: { url: string; drop(): Promise<void> },
  ) {
    this.database = app.get(Database);
  }

  /** `more`: modules beside that of the users. With `beside` another process on the same database, as far as everything but memory of this test goes. */
  static async start(env: Record<string, string> = {}, beside?: UsersApp, more: Type[] = []): Promise<UsersApp> {
    const database =
      beside === undefined ? await createTestDatabase() : { url: beside.databaseUrl, drop: async () => undefined };
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const logger = createLogger({ level: 'debug', pretty: false, stream });
    const clock = new ShiftedClock();
    const config = readEnvironment(
      {
        PUBLIC_URL: 'https://host.example',
        ENCRYPTION_KEYS: `test:${KEY.toString('base64')}`,
        ZOOM_CLIENT_ID: 'zoom',
        ZOOM_CLIENT_SECRET: 'zoom-secret',
        CLOUDLINK_CLIENT_ID: 'cloudlink',
        ...env,
      },
      undefined,
    );
    const root: DynamicModule = {
      module: class RootModule {},
      imports: [
        PlatformModule.forRoot({ config, logger, databaseUrl: database.url, clock }),
        AccessModule,
        UsersModule,
        ...more,
      ],
    };
    const app = await createHttpApp(root, { logger, pathPrefix: '', trustedProxies: config.trustedProxies });
    await app.listen(0, '127.0.0.1');
    const connectorId = beside?.connectorId ?? randomUUID();
    const started = new UsersApp(app, await app.getUrl(), clock, connectorId, lines, database);
    if (beside === undefined) await started.addConnector(connectorId);
    return started;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.place.drop();
  }

  get databaseUrl(): string {
    return this.place.url;
  }

  async addConnector(connectorId: string, membership = 'automatic'): Promise<void> {
    await this.database.query('insert into connectors (connector_id, membership) values ($1, $2)', [
      connectorId,
      membership,
    ]);
    await this.app.get(ConnectorCiphers).create(connectorId, this.database);
  }

  async token(scopes: readonly Scope[] = SCOPES, connectorId = this.connectorId): Promise<string> {
    const key = `${connectorId} ${scopes.join(' ')}`;
    const known = this.tokens.get(key);
    if (known !== undefined) return known;
    const client = await this.app.get(ApiClients).create(connectorId, scopes);
    const response = await fetch(`${this.url}/oauth2/token`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }).toString(),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    this.tokens.set(key, token);
    return token;
  }

  /** `path` is what follows /v1/connectors/{connectorId}/users. */
  get(path: string, options: { token?: string; connectorId?: string } = {}): Promise<Answer> {
    return this.call('GET', path, undefined, options);
  }

  put(path: string, body: unknown, options: { token?: string; connectorId?: string } = {}): Promise<Answer> {
    return this.call('PUT', path, body, options);
  }

  /** Reports as device `deviceId` of the user; answers the HTTP status. */
  async report(email: string, deviceId: string, body: unknown): Promise<number> {
    return (await this.put(`/${encodeURIComponent(email)}/registrations/${encodeURIComponent(deviceId)}`, body)).status;
  }

  async status(email: string): Promise<AnswerBody> {
    return (await this.get(`/${encodeURIComponent(email)}/status`)).body;
  }

  async addUser(user: NewUser, connectorId = this.connectorId): Promise<string> {
    const userId = randomUUID();
    const credential = user.credential ?? 'ready';
    const status = user.status ?? (credential === 'ready' ? 'inactive' : 'pending');
    await this.database.query(
      `insert into integrated_users (connector_id, user_id, email, display_name, extension, zoom_user_id, zoom_status,
                                     credential_state, status, status_since, pbx_type, pbx_site, licences, synced_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'OSV', 'Munich', '{"zoomPsi": true, "teleworker": 2}', $10)`,
      [
        connectorId,
        userId,
        user.email,
        user.displayName ?? '',
        user.extension ?? null,
        user.zoomUserId === undefined ? `zoom-${userId.slice(0, 8)}` : user.zoomUserId,
        user.zoomStatus === undefined ? 'active' : user.zoomStatus,
        credential,
        status,
        this.clock.now(),
      ],
    );
    if (credential === 'ready') await this.addCredential(connectorId, userId, user);
    return userId;
  }

  async row(email: string): Promise<{ status: string; status_since: Date; status_expires_at: Date | null }> {
    const { rows } = await this.database.query<{ status: string; status_since: Date; status_expires_at: Date | null }>(
      'select status, status_since, status_expires_at from integrated_users where connector_id = $1 and email = $2',
      [this.connectorId, email],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`no user ${email}`);
    return row;
  }

  private async addCredential(connectorId: string, row: string, user: NewUser): Promise<void> {
    const cipher = await this.app.get(ConnectorCiphers).for(connectorId);
    const seal = (
      ha1: string | null,
      column: 'sip_credentials.md5_ha1' | 'sip_credentials.sha256_ha1',
    ): Buffer | null => (ha1 === null ? null : cipher.seal(ha1, { column, row }));
    await this.database.query(
      `insert into sip_credentials (connector_id, user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets)
       values ($1, $2, '+498970074711', '4711', 'mitel.test', $3, $4, $5)`,
      [
        connectorId,
        row,
        seal(user.md5 === undefined ? MD5 : user.md5, 'sip_credentials.md5_ha1'),
        seal(user.sha256 === undefined ? SHA256 : user.sha256, 'sip_credentials.sha256_ha1'),
        JSON.stringify(user.targets ?? TARGETS),
      ],
    );
  }

  private async call(
    method: string,
    path: string,
    body: unknown,
    options: { token?: string; connectorId?: string },
  ): Promise<Answer> {
    const token = options.token ?? (await this.token());
    const response = await fetch(`${this.url}/v1/connectors/${options.connectorId ?? this.connectorId}/users${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as AnswerBody,
    };
  }
}

export const registered = (expiresIn = 3600, platform = 'desktop'): object => ({
  platform,
  outcome: 'registered',
  expiresIn,
});

export const failed = (code: number, source = 'registrar', platform = 'desktop'): object => ({
  platform,
  outcome: 'failed',
  sip: { code, reason: `reason ${code}`, source },
});

/** The first of a list that must not be empty. */
export function first<T>(items: T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('the list is empty');
  return item;
}
