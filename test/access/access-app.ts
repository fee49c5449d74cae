import { Controller, Get, Module, Post, type DynamicModule } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Caller, RequireScopes } from '../../src/access/access.decorators';
import { AccessModule } from '../../src/access/access.module';
import type { Principal } from '../../src/access/principal';
import { Clock } from '../../src/platform/clock/clock';
import type { Config, EncryptionKey } from '../../src/platform/config/config';
import { readEnvironment } from '../../src/platform/config/read-environment';
import { Database } from '../../src/platform/database/database';
import { createHttpApp } from '../../src/platform/http/server';
import { createLogger } from '../../src/platform/logging/logger';
import { PlatformModule } from '../../src/platform/platform.module';

export const PUBLIC_URL = 'https://host.example/zoom';
export const AUDIENCE = `${PUBLIC_URL}/v1`;

@Controller('v1/connectors/:connectorId')
class ProbeController {
  @Get('probe')
  @RequireScopes('status:read')
  probe(@Caller() caller: Principal): { clientId: string; scopes: string[] } {
    return { clientId: caller.clientId, scopes: [...caller.scopes] };
  }

  @Post('probe')
  @RequireScopes('status:read')
  write(): { ok: boolean } {
    return { ok: true };
  }

  @Get('secret')
  @RequireScopes('credentials:read')
  secret(): { ok: boolean } {
    return { ok: true };
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

/** Real time plus a shift, because oidc-provider issues its tokens by the system's clock. */
export class ShiftedClock extends Clock {
  private shift = 0;

  now(): Date {
    return new Date(Date.now() + this.shift);
  }

  advance(seconds: number): void {
    this.shift += seconds * 1000;
  }
}

export const encryptionKeys: EncryptionKey[] = [{ id: 'test', key: randomBytes(32) }];

export function testConfig(publicUrl = PUBLIC_URL): Config {
  const config = readEnvironment(
    {
      PUBLIC_URL: publicUrl,
      ENCRYPTION_KEYS: encryptionKeys.map((k) => `${k.id}:${k.key.toString('base64')}`).join(','),
      ZOOM_CLIENT_ID: 'zoom',
      ZOOM_CLIENT_SECRET: 'zoom-secret',
      CLOUDLINK_CLIENT_ID: 'cloudlink',
    },
    undefined,
  );
  return config;
}

export interface AccessApp {
  app: NestFastifyApplication;
  url: string;
  database: Database;
  clock: ShiftedClock;
  /** Everything logged so far. */
  log(): string;
  close(): Promise<void>;
}

/** The real server on a real port, with the access module and two probe routes. */
export async function startAccessApp(databaseUrl: string): Promise<AccessApp> {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger({ level: 'debug', pretty: false, stream });
  const clock = new ShiftedClock();
  const root: DynamicModule = {
    module: class RootModule {},
    imports: [PlatformModule.forRoot({ config: testConfig(), logger, databaseUrl, clock }), AccessModule, ProbeModule],
  };
  const app = await createHttpApp(root, { logger, pathPrefix: new URL(PUBLIC_URL).pathname });
  await app.listen(0, '127.0.0.1');
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    app,
    url: `http://127.0.0.1:${address.port}`,
    database: app.get(Database),
    clock,
    log: () => lines.join(''),
    close: () => app.close(),
  };
}

export async function addConnector(database: Database, connectorId: string): Promise<void> {
  await database.query('insert into connectors (connector_id) values ($1)', [connectorId]);
}

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

export interface TokenAnswer {
  status: number;
  headers: Headers;
  body: {
    access_token?: string;
    expires_in?: number;
    token_type?: string;
    scope?: string;
    error?: string;
    error_description?: string;
  };
}

export async function postForm(
  url: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as TokenAnswer['body'] };
}
