import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Logger } from '../platform/logging/logger';

const REFUSALS = ['grant.error', 'authorization.error', 'revocation.error', 'introspection.error'] as const;

/** What oidc-provider tells of its work, as lines of our log. Only our own words: requests carry secrets. */
export function reportEvents(provider: Provider, logger: Logger): void {
  // The types want one call per event.
  const events: NodeJS.EventEmitter = provider;
  for (const event of REFUSALS) {
    events.on(event, (context: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
      logger.info(
        {
          requestId: requestIdOf(context),
          error: error.error,
          detail: error.error_detail ?? error.error_description,
          clientId: context.oidc.client?.clientId,
        },
        event === 'grant.error' ? 'token request refused' : `${event.split('.')[0]} request refused`,
      );
    });
  }
  provider.on('server_error', (context: KoaContextWithOIDC, error: Error) => {
    logger.error({ requestId: requestIdOf(context), err: error }, 'OAuth request failed');
  });
  provider.on('grant.revoked', (context: KoaContextWithOIDC, authorizationId: string) => {
    const facts = { requestId: requestIdOf(context), authorizationId, clientId: context.oidc.client?.clientId };
    if (context.oidc.route === 'revocation') logger.info(facts, 'authorization revoked by its client');
    else logger.warn(facts, 'a spent code or refresh token came again: all tokens of its authorization are ended');
  });
  // Koa prints to the console what nobody listens to. (The types know only the events that oidc-provider adds.)
  events.on('error', (error: Error) => logger.warn({ reason: error.message }, 'OAuth answer could not be sent'));
}

const requestIdOf = (context: KoaContextWithOIDC): string => String(context.res.getHeader('x-request-id') ?? '');
