import { Global, Module } from '@nestjs/common';
import { ApiClientRepository } from './api-client.repository';
import { ApiClients } from './api-clients.service';
import { AppTokens } from './app-tokens/app-tokens.service';
import { AppUserStatus } from './app-tokens/app-user-status';
import { AppUserRepository } from './app-tokens/app-user.repository';
import { Callers } from './callers';
import { ClientRate } from './client-rate';
import { AuthorizationRepository } from './authorization.repository';
import { Authorizations } from './authorizations.service';
import { ClientStatus } from './client-status';
import { ClientStatusRepository } from './client-status.repository';
import { MarketplaceClientRepository } from './marketplace-client.repository';
import { MarketplaceClients } from './marketplace-clients.service';
import { SessionRepository } from './sessions/session.repository';
import { Sessions } from './sessions/sessions.service';
import { SigningKeys } from './signing-keys';
import { TokenVerifier } from './token-verifier';

/**
 * Who calls us: what AccessGuard needs, without the HTTP routes that hand out tokens.
 * Global, because Nest makes AccessGuard anew in each module whose controllers use it.
 */
@Global()
@Module({
  providers: [
    ApiClientRepository,
    ApiClients,
    AppTokens,
    AppUserRepository,
    AppUserStatus,
    AuthorizationRepository,
    Authorizations,
    Callers,
    ClientRate,
    ClientStatus,
    ClientStatusRepository,
    MarketplaceClientRepository,
    MarketplaceClients,
    SessionRepository,
    Sessions,
    SigningKeys,
    TokenVerifier,
  ],
  exports: [
    ApiClients,
    AppTokens,
    Authorizations,
    Callers,
    ClientRate,
    ClientStatusRepository,
    MarketplaceClients,
    Sessions,
    SigningKeys,
    TokenVerifier,
  ],
})
export class CallersModule {}
