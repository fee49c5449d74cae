import { HttpModule, HttpService } from '@nestjs/axios';
import { Global, Module } from '@nestjs/common';
import { AdminStanding } from '../access/sessions/admin-standing';
import { CloudLinkApi } from '../cloudlink/cloudlink-api';
import { CloudLinkModule } from '../cloudlink/cloudlink.module';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { Keyring } from '../platform/crypto/keyring';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { CallLimits } from '../platform/remote/call-limits';
import { RemoteHttp } from '../platform/remote/remote-http';
import { ZoomApi } from '../zoom/zoom-api';
import { ZoomModule } from '../zoom/zoom.module';
import { AttemptStore } from './attempt.store';
import { AuthorisationListener } from './authorisation-listener';
import { AuthorisationService } from './authorisation.service';
import { CloudLinkTokenEndpoint } from './cloudlink-token.endpoint';
import { GrantStore } from './grant.store';
import { AuthoriseLinks } from './authorise-links';
import { GrantListener } from './grant-listener';
import { GrantHealth } from './grant-health';
import { GrantStanding } from './grant-standing';
import { GrantVault, type Endpoints } from './grant-vault';
import { GrantWatch } from './grant-watch';
import { ReauthorizeLinks } from './reauthorize-links';
import { ProviderStrategy } from './provider.strategy';
import { ZoomTokenEndpoint } from './zoom-token.endpoint';

const STRATEGIES = Symbol('strategies');
export const ENDPOINTS = Symbol('token endpoints');

interface Strategies {
  zoom: ProviderStrategy;
  cloudlink: ProviderStrategy;
}

/** Grants at Zoom and CloudLink. Global: what it offers is asked for on every floor. AuthorisationListener and GrantStore come from the (global) connector module above. */
@Global()
@Module({
  imports: [HttpModule, ZoomModule, CloudLinkModule],
  providers: [
    {
      provide: ENDPOINTS,
      useFactory: (http: HttpService, clock: Clock, logger: Logger, limits: CallLimits, config: Config): Endpoints => {
        const remote = new RemoteHttp(http, clock, logger, {}, limits);
        return {
          zoom: new ZoomTokenEndpoint(remote, config.zoom),
          cloudlink: new CloudLinkTokenEndpoint(remote, config.cloudlink),
        };
      },
      inject: [HttpService, Clock, LOGGER, CallLimits, CONFIG],
    },
    {
      provide: AttemptStore,
      useFactory: (database: Database, keyring: Keyring, clock: Clock) => new AttemptStore(database, keyring, clock),
      inject: [Database, Keyring, Clock],
    },
    {
      provide: STRATEGIES,
      useFactory: (config: Config, attempts: AttemptStore, endpoints: Endpoints): Strategies => ({
        zoom: new ProviderStrategy({
          provider: 'zoom',
          authorizationUrl: `${config.zoom.oauthUrl}/oauth/authorize`,
          clientId: config.zoom.clientId,
          callbackUrl: `${config.publicUrl}/oauth/zoom/callback`,
          pkce: true,
          isSandbox: config.sandbox !== undefined,
          attempts,
          tokenEndpoint: endpoints.zoom,
        }),
        cloudlink: new ProviderStrategy({
          provider: 'cloudlink',
          authorizationUrl: `${config.cloudlink.portalUrl}/authorize`,
          clientId: config.cloudlink.clientId,
          callbackUrl: `${config.publicUrl}/oauth/cloudlink/callback`,
          pkce: false,
          isSandbox: config.sandbox !== undefined,
          attempts,
          tokenEndpoint: endpoints.cloudlink,
        }),
      }),
      inject: [CONFIG, AttemptStore, ENDPOINTS],
    },
    {
      provide: GrantVault,
      useFactory: (
        database: Database,
        grants: GrantStore,
        endpoints: Endpoints,
        listener: GrantListener,
        clock: Clock,
        logger: Logger,
      ) => new GrantVault(database, grants, endpoints, listener, clock, logger),
      inject: [Database, GrantStore, ENDPOINTS, GrantListener, Clock, LOGGER],
    },
    {
      provide: AuthoriseLinks,
      useFactory: (config: Config, keyring: Keyring, clock: Clock) =>
        new AuthoriseLinks(config.publicUrl, keyring, clock),
      inject: [CONFIG, Keyring, Clock],
    },
    { provide: ReauthorizeLinks, useExisting: AuthoriseLinks },
    {
      provide: GrantHealth,
      useFactory: (
        database: Database,
        grants: GrantStore,
        vault: GrantVault,
        zoom: ZoomApi,
        cloudlink: CloudLinkApi,
        listener: GrantListener,
        clock: Clock,
      ) => new GrantHealth(database, grants, vault, zoom, cloudlink, listener, clock),
      inject: [Database, GrantStore, GrantVault, ZoomApi, CloudLinkApi, GrantListener, Clock],
    },
    { provide: GrantWatch, useExisting: GrantHealth },
    {
      provide: AdminStanding,
      useFactory: (health: GrantHealth): AdminStanding => new GrantStanding(health),
      inject: [GrantHealth],
    },
    {
      provide: AuthorisationService,
      useFactory: (
        strategies: Strategies,
        attempts: AttemptStore,
        zoom: ZoomApi,
        cloudlink: CloudLinkApi,
        listener: AuthorisationListener,
      ) => new AuthorisationService(strategies, attempts, zoom, cloudlink, listener),
      inject: [STRATEGIES, AttemptStore, ZoomApi, CloudLinkApi, AuthorisationListener],
    },
  ],
  exports: [
    AdminStanding,
    AuthorisationService,
    GrantVault,
    GrantHealth,
    GrantWatch,
    AuthoriseLinks,
    ReauthorizeLinks,
    ENDPOINTS,
  ],
})
export class OAuthModule {}
