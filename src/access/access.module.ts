import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { AuthorizationServer } from './authorization-server';
import { CallersModule } from './callers.module';
import { answerDirectly } from './direct-route';
import { passTokenBody } from './pass-token-body';
import { TokenController } from './token.controller';

/** Machine access over HTTP: the token endpoint, its public keys, and the guard of every /v1 route. */
@Module({
  imports: [CallersModule],
  controllers: [TokenController],
  providers: [AuthorizationServer],
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
