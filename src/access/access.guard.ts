import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors/app-error';
import { checkAppRequest, type PlatformPlace } from './app-tokens/check-app-request';
import { ClientRate, RateExceeded } from './client-rate';
import type { Principal, Scope } from './principal';
import { TokenVerifier } from './token-verifier';
import { unknownConnector } from './unknown-connector';

/** Metadata key of what RequireScopes asks for. */
export const REQUIRED_SCOPES = 'access:required-scopes';
/** Metadata key of what OpenToApps says. */
export const OPEN_TO_APPS = 'access:open-to-apps';

type GuardedRequest = FastifyRequest<{ Params: { connectorId?: string; user?: string } }> & { principal?: Principal };

/** Who are you (401), do you ask too often (429), is this connector yours, and the user when you are an app (404), may you do this (403): in this order, so that a 403 tells nothing about other connectors. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
    private readonly rate: ClientRate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const principal = await this.tokens.verify(bearerToken(request.headers.authorization));
    await this.checkRate(principal, context.switchToHttp().getResponse<FastifyReply>());
    const { connectorId } = request.params;
    // Exactly equal: a malformed id, one in capitals and one of another connector are all simply not this one.
    if (connectorId !== undefined && connectorId !== principal.connectorId) throw unknownConnector();
    if (principal.app !== undefined) {
      const platformIn = this.reflector.get<PlatformPlace | undefined>(OPEN_TO_APPS, context.getHandler());
      checkAppRequest(principal.app, { platformIn, params: request.params, query: request.query, body: request.body });
    }
    const required =
      this.reflector.getAllAndOverride<Scope[] | undefined>(REQUIRED_SCOPES, [
        context.getHandler(),
        context.getClass(),
      ]) ?? [];
    const missing = required.filter((scope) => !principal.scopes.has(scope));
    if (missing.length > 0)
      throw new AppError('insufficient_scope', `This needs an access token with the scope ${missing.join(' ')}.`);
    request.principal = principal;
    return true;
  }

  private async checkRate(principal: Principal, reply: FastifyReply): Promise<void> {
    try {
      const headers = await this.rate.take(principal);
      if (headers !== undefined) void reply.headers(headers);
    } catch (error) {
      if (error instanceof RateExceeded) void reply.headers(error.headers);
      throw error;
    }
  }
}

/** RFC 6750 section 2.1; the scheme is written in any case (RFC 9110 section 11.1). */
export function bearerToken(header: string | undefined): string {
  if (header === undefined)
    throw new AppError('unauthenticated', 'Send an access token: "Authorization: Bearer <token>".');
  const [, token] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header) ?? [];
  if (token === undefined) throw new AppError('unauthenticated', 'The Authorization header must be "Bearer <token>".');
  return token;
}
