import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditLog } from './audit/audit-log';
import { Clock, SystemClock } from './clock/clock';
import { CONFIG } from './config/config.token';
import type { Config } from './config/config';
import { ConnectorCiphers } from './crypto/connector-cipher';
import { Keyring } from './crypto/keyring';
import { Database } from './database/database';
import { SharedCallLimits } from './limits/shared-call-limits';
import { LOGGER, type Logger } from './logging/logger';
import { Queue } from './queue/queue';
import { CallLimits } from './remote/call-limits';

/** The address of the database in use, for libraries that open connections of their own. */
export const DATABASE_URL = Symbol('database url');

/** Leases take a millisecond; see SharedCallLimits for why they do not use the others' connections. */
const LIMITS_POOL = 2;

/** What exists before the module graph does. */
export interface Runtime {
  config: Config;
  logger: Logger;
  /** The database in use: DATABASE_URL, or the embedded one that main.ts has started. */
  databaseUrl: string;
  clock?: Clock;
}

/** The ground floor: configuration, log, clock, database, keys, audit. Every other module may use it, it uses none. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CallLimits) private readonly limits: SharedCallLimits,
  ) {}

  static forRoot(runtime: Runtime): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: runtime.databaseUrl,
          autoLoadEntities: true,
          // The schema belongs to migrations/ alone.
          synchronize: false,
          poolSize: 4,
          extra: { application_name: 'zoom-cloudlink-connector admin' },
        }),
      ],
      providers: [
        { provide: CONFIG, useValue: runtime.config },
        { provide: LOGGER, useValue: runtime.logger },
        { provide: Clock, useValue: runtime.clock ?? new SystemClock() },
        {
          provide: Database,
          useFactory: () =>
            new Database(runtime.databaseUrl, {
              onIdleError: (error) => runtime.logger.warn({ reason: error.message }, 'database connection lost'),
            }),
        },
        { provide: Keyring, useFactory: () => new Keyring(runtime.config.encryptionKeys) },
        {
          provide: ConnectorCiphers,
          useFactory: (keyring: Keyring, database: Database) => new ConnectorCiphers(keyring, database),
          inject: [Keyring, Database],
        },
        { provide: AuditLog, useFactory: (database: Database) => new AuditLog(database), inject: [Database] },
        { provide: Queue, useFactory: (database: Database) => new Queue(database), inject: [Database] },
        {
          provide: CallLimits,
          useFactory: ({ rateShare, zoom }: Config) =>
            new SharedCallLimits(
              new Database(runtime.databaseUrl, {
                max: LIMITS_POOL,
                onIdleError: (error) => runtime.logger.warn({ reason: error.message }, 'database connection lost'),
              }),
              { share: rateShare, zoomPlan: zoom.plan },
              runtime.logger,
            ),
          inject: [CONFIG],
        },
        { provide: DATABASE_URL, useValue: runtime.databaseUrl },
      ],
      exports: [CONFIG, LOGGER, Clock, Database, Keyring, ConnectorCiphers, AuditLog, Queue, CallLimits, DATABASE_URL],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.limits.shutDown();
    await this.database.close();
  }
}
