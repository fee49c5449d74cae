import { applyDecorators, createParamDecorator, SetMetadata, UseGuards, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AccessGuard, OPEN_TO_APPS, REQUIRED_SCOPES, SESSIONS_ONLY } from './access.guard';
import type { PlatformPlace } from './app-tokens/check-app-request';
import type { Principal, Scope } from './principal';

/** A route of `/v1/connectors/:connectorId/…` that needs a token of that connector with all of these scopes, or a session of an admin. */
export const RequireScopes = (...scopes: Scope[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(REQUIRED_SCOPES, scopes),
    UseGuards(AccessGuard),
    ApiBearerAuth('oauth2'),
    ApiCookieAuth('session'),
  );

/** A route that is about the caller's session of the console; an access token opens nothing there. */
export const RequireSession = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(SESSIONS_ONLY, true), UseGuards(AccessGuard), ApiCookieAuth('session'));

/**
 * Opens a route to the app of the user in its path; without this, an app token opens nothing. `platformIn` says where the
 * request names its platform, which must be that of the token.
 */
export const OpenToApps = (platformIn: PlatformPlace): MethodDecorator => SetMetadata(OPEN_TO_APPS, platformIn);

/** The caller that AccessGuard found. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest & { principal?: Principal }>();
  if (principal === undefined) throw new Error('Caller is used on a route without RequireScopes');
  return principal;
});
