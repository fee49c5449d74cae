import { Injectable, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors/app-error';
import { whenReady, type Awaitable } from '../platform/timing/when-ready';
import { Callers } from './callers';
import { checkAppRequest, type PlatformPlace } from './app-tokens/check-app-request';
import { ClientRate, RateExceeded, type RateHeaders } from './client-rate';
import type { Principal, Scope } from './principal';
import { unknownConnector } from './unknown-connector';

/** Metadata key of what RequireScopes asks for. */
export const REQUIRED_SCOPES = 'access:required-scopes';
/** Metadata key of what OpenToApps says. */
export const OPEN_TO_APPS = 'access:open-to-apps';

/** Metadata key of what RequireSession says. */
export const SESSIONS_ONLY = 'access:sessions-only';

/** What a route asks of its callers. */
export interface AccessRule {
  scopes: readonly Scope[];
  /** undefined: closed to apps. */
  platformIn: PlatformPlace | undefined;
  /** Closed to access tokens: it is about the session itself. */
  sessionsOnly: boolean;
}

type Method = ReturnType<ExecutionContext['getHandler']>;

/** What the decorators of a method say, or those of its class. */
export const accessRuleOf = (reflector: Reflector, method: Method, controller: Type): AccessRule => ({
  scopes: reflector.getAllAndOverride<Scope[] | undefined>(REQUIRED_SCOPES, [method, controller]) ?? [],
  platformIn: reflector.get<PlatformPlace | undefined>(OPEN_TO_APPS, method),
  sessionsOnly: reflector.getAllAndOverride<true | undefined>(SESSIONS_ONLY, [method, controller]) ?? false,
});

export type GuardedRequest = FastifyRequest<{ Params: { connectorId?: string; user?: string } }> & {
  principal?: Principal;
};

/** Who are you (401), do you ask too often (429), is this connector yours, and the user when you are an app (404), may you do this (403): in this order, so that a 403 tells nothing about other connectors. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    private readonly rate: ClientRate,
  ) {}

  canActivate(context: ExecutionContext): Awaitable<boolean> {
    const http = context.switchToHttp();
    const rule = accessRuleOf(this.reflector, context.getHandler(), context.getClass());
    return whenReady(this.admit(http.getRequest<GuardedRequest>(), http.getResponse<FastifyReply>(), rule), () => true);
  }

  /** Without a promise where nothing has to be waited for. @throws AppError, also as a rejection */
  admit(request: GuardedRequest, reply: FastifyReply, rule: AccessRule): Awaitable<Principal> {
    return whenReady(this.callers.identify(request), (principal) =>
      whenReady(this.checkRate(principal, reply), () => checkRule(request, principal, rule)),
    );
  }

  private checkRate(principal: Principal, reply: FastifyReply): Awaitable<void> {
    const counted = this.rate.take(principal);
    return counted instanceof Promise ? showRate(counted, reply) : undefined;
  }
}

async function showRate(counted: Promise<RateHeaders | undefined>, reply: FastifyReply): Promise<void> {
  try {
    const headers = await counted;
    if (headers !== undefined) void reply.headers(headers);
  } catch (error) {
    if (error instanceof RateExceeded) void reply.headers(error.headers);
    throw error;
  }
}

/** Leaves the caller at the request, for the decorator Caller. */
function checkRule(request: GuardedRequest, principal: Principal, rule: AccessRule): Principal {
  const { scopes, platformIn, sessionsOnly } = rule;
  if (sessionsOnly && principal.admin === undefined)
    throw new AppError('unauthenticated', 'This is about a session of the console: sign in, an access token has none.');
  const { connectorId } = request.params;
  // Exactly equal: a malformed id, one in capitals and one of another connector are all simply not this one.
  if (connectorId !== undefined && connectorId !== principal.connectorId) throw unknownConnector();
  if (principal.app !== undefined)
    checkAppRequest(principal.app, { platformIn, params: request.params, query: request.query, body: request.body });
  const missing = scopes.filter((scope) => !principal.scopes.has(scope));
  if (missing.length > 0)
    throw new AppError(
      'insufficient_scope',
      principal.admin === undefined
        ? `This needs an access token with the scope ${missing.join(' ')}.`
        : 'This is for Zoom’s cloud and apps alone: a session of the console may not do it.',
    );
  request.principal = principal;
  return principal;
}
