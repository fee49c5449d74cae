import { Global, Module } from '@nestjs/common';
import { ApiClientRepository } from './api-client.repository';
import { ApiClients } from './api-clients.service';
import { ClientStatus } from './client-status';
import { SigningKeys } from './signing-keys';
import { TokenVerifier } from './token-verifier';

/**
 * Who calls us: what AccessGuard needs, without the HTTP routes that hand out tokens.
 * Global, because Nest makes AccessGuard anew in each module whose controllers use it.
 */
@Global()
@Module({
  providers: [ApiClientRepository, ApiClients, ClientStatus, SigningKeys, TokenVerifier],
  exports: [ApiClients, SigningKeys, TokenVerifier],
})
export class CallersModule {}
