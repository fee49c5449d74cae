import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerToken } from '../../access/bearer-token';
import { ClientRate, RateExceeded } from '../../access/client-rate';
import { PushTokens } from './push-tokens.service';

type PushRequest = FastifyRequest & { pushConnectorId?: string };

/** An SBC with the push token of a connector; it may not ask more often than any other client. */
@Injectable()
export class PushGuard implements CanActivate {
  constructor(
    private readonly tokens: PushTokens,
    private readonly rate: ClientRate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PushRequest>();
    const connectorId = await this.tokens.verify(bearerToken(request.headers.authorization));
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    try {
      const headers = await this.rate.take({ clientId: 'push', connectorId, scopes: new Set() });
      if (headers !== undefined) void reply.headers(headers);
    } catch (error) {
      if (error instanceof RateExceeded) void reply.headers(error.headers);
      throw error;
    }
    request.pushConnectorId = connectorId;
    return true;
  }
}

/** The connector of the token that PushGuard has seen. */
export const PushCaller = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { pushConnectorId } = context.switchToHttp().getRequest<PushRequest>();
  if (pushConnectorId === undefined) throw new Error('PushCaller is used on a route without PushGuard');
  return pushConnectorId;
});
