import { Global, Module } from '@nestjs/common';
import { ApiClientRepository } from './api-client.repository';
import { ApiClients } from './api-clients.service';
import { AppTokens } from './app-tokens/app-tokens.service';
import { AppUserStatus } from './app-tokens/app-user-status';
import { AppUserRepository } from './app-tokens/app-user.repository';
import { ClientRate } from './client-rate';
import { ClientStatus } from './client-status';
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
    ClientRate,
    ClientStatus,
    SigningKeys,
    TokenVerifier,
  ],
  exports: [ApiClients, AppTokens, ClientRate, SigningKeys, TokenVerifier],
})
export class CallersModule {}
