import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ArtifactRepository } from './artifact.repository';
import { AuthorizationRequests } from './authorization-requests';
import { AuthorizationServer } from './authorization-server';
import { CallersModule } from './callers.module';
import { Keyring } from '../platform/crypto/keyring';
import { answerDirectly } from './direct-route';
import { passTokenBody } from './pass-token-body';
import { SandboxAdmins } from './sessions/sandbox-admins';
import { SessionsController } from './sessions/sessions.controller';
import { SignInController } from './sessions/sign-in.controller';
import { StructuredTokens } from './structured-tokens';
import { AuthorizationController } from './authorization.controller';
import { TokenController } from './token.controller';

/** Access over HTTP: the OAuth server's endpoints, its public keys, sessions of admins, and the guard of every /v1 route. */
@Module({
  imports: [CallersModule],
  controllers: [TokenController, AuthorizationController, SessionsController, SignInController],
  providers: [
    {
      provide: ArtifactRepository,
      useFactory: (keyring: Keyring) => new ArtifactRepository(keyring),
      inject: [Keyring],
    },
    AuthorizationRequests,
    AuthorizationServer,
    SandboxAdmins,
    StructuredTokens,
  ],
  exports: [AuthorizationRequests],
})
export class AccessModule implements OnModuleInit {
  constructor(
    private readonly http: HttpAdapterHost,
    modules: ModuleRef,
  ) {
    // Here, because routes are registered before onModuleInit.
    answerDirectly(http.httpAdapter.getInstance<FastifyInstance>(), modules);
  }

  onModuleInit(): void {
    passTokenBody(this.http.httpAdapter.getInstance<FastifyInstance>());
  }
}
