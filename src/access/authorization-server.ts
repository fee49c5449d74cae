import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  ClientAuthMethod,
  Configuration,
  errors,
  KoaContextWithOIDC,
  Provider,
  ResourceServer,
} from 'oidc-provider';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { ApiClients } from './api-clients.service';
import { clientAdapter } from './client-adapter';
import { loadOidcProvider, noticesToLog } from './load-oidc-provider';
import { SCOPES } from './principal';
import { requestContexts } from './request-contexts';
import { scopeToGrant } from './scope-to-grant';
import { matchesSecret } from './secret-hash';
import { SIGNING_ALGORITHM, SigningKeys, type PrivateJwk } from './signing-keys';

export const ACCESS_TOKEN_SECONDS = 3600;
export const CLIENT_AUTH_METHODS: ClientAuthMethod[] = ['client_secret_basic', 'client_secret_post'];
export const TOKEN_PATH = '/oauth2/token';
export const JWKS_PATH = '/oauth2/jwks';

/** The audience of our access tokens: the API as a whole, under its public address. */
export const audienceOf = (config: Config): string => `${config.publicUrl}/v1`;

type Library = ReturnType<typeof loadOidcProvider>;

/** The OAuth 2 server (RFC 6749) that machine clients get their tokens from: client credentials only, by oidc-provider. */
@Injectable()
export class AuthorizationServer implements OnModuleInit {
  private handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
  private contexts: ReturnType<typeof requestContexts> | undefined;
  private answering = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly clients: ApiClients,
    private readonly keys: SigningKeys,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.keys.ensure();
    const library = loadOidcProvider(this.logger);
    const jwks = await this.keys.privateJwks();
    const provider = noticesToLog(
      this.logger,
      () => new library.Provider(this.config.publicUrl, this.configuration(library, jwks)),
    );
    compareHashedSecrets(provider);
    this.reportFailures(provider);
    this.handle = provider.callback();
    this.contexts = requestContexts();
  }

  /** Answers a request whose body nobody has read yet. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.handle === undefined) throw new Error('the authorization server has not started');
    this.answering += 1;
    try {
      await this.handle(request, response);
    } finally {
      this.answering -= 1;
      if (this.answering === 0) this.contexts?.disable();
    }
  }

  private configuration(library: Library, keys: PrivateJwk[]): Configuration {
    const audience = audienceOf(this.config);
    return {
      adapter: clientAdapter(this.clients),
      jwks: { keys },
      clientAuthMethods: CLIENT_AUTH_METHODS,
      clientDefaults: {
        grant_types: ['client_credentials'],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: SIGNING_ALGORITHM,
      },
      // A client secret has no business in a browser.
      clientBasedCORS: () => false,
      // No flow that is switched on sets a cookie; without keys oidc-provider would leave them unsigned.
      cookies: { keys: [randomBytes(32).toString('base64url')] },
      extraClientMetadata: { properties: ['connector_id'] },
      extraTokenClaims: (context) => ({ connector_id: context.oidc.client?.['connector_id'] }),
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        dPoP: { enabled: false },
        pushedAuthorizationRequests: { enabled: false },
        rpInitiatedLogout: { enabled: false },
        userinfo: { enabled: false },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => audience,
          getResourceServerInfo: (context, resource, client) => {
            if (resource !== audience) throw new library.errors.InvalidTarget();
            return resourceServer(library, context, client.scope ?? '');
          },
        },
      },
      renderError: (context, out) => {
        context.body = out;
      },
      responseTypes: [],
      routes: { token: TOKEN_PATH, jwks: JWKS_PATH },
      scopes: SCOPES,
      ttl: { ClientCredentials: ACCESS_TOKEN_SECONDS },
    };
  }

  private reportFailures(provider: Provider): void {
    provider.on('grant.error', (context: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
      // Only our own words about it: the request carries the secret.
      this.logger.info(
        {
          requestId: requestIdOf(context),
          error: error.error,
          detail: error.error_detail ?? error.error_description,
          clientId: context.oidc.client?.clientId,
        },
        'token request refused',
      );
    });
    provider.on('server_error', (context: KoaContextWithOIDC, error: Error) => {
      this.logger.error({ requestId: requestIdOf(context), err: error }, 'token request failed');
    });
    // Koa prints to the console what nobody listens to. (The types know only the events that oidc-provider adds.)
    const koa: NodeJS.EventEmitter = provider;
    koa.on('error', (error: Error) => this.logger.warn({ reason: error.message }, 'token answer could not be sent'));
  }
}

/**
 * The hook between the request and the token. Left alone, oidc-provider gives a client that asks for no scope a token
 * without any, and drops words that it does not know.
 */
function resourceServer(library: Library, context: KoaContextWithOIDC, allowed: string): ResourceServer {
  const params = context.oidc.params ?? {};
  const decision = scopeToGrant(typeof params['scope'] === 'string' ? params['scope'] : undefined, allowed);
  if ('refused' in decision)
    throw new library.errors.InvalidScope('the client may not have this scope', decision.refused);
  params['scope'] = decision.granted;
  return {
    scope: allowed,
    accessTokenFormat: 'jwt',
    accessTokenTTL: ACCESS_TOKEN_SECONDS,
    jwt: { sign: { alg: SIGNING_ALGORITHM } },
  };
}

/** The stored client_secret is a hash; this is the method that the token endpoint asks. */
function compareHashedSecrets(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function (this: { clientSecret?: string }, secret: string) {
    return matchesSecret(secret, Buffer.from(this.clientSecret ?? '', 'hex'));
  };
}

const requestIdOf = (context: KoaContextWithOIDC): string => String(context.res.getHeader('x-request-id') ?? '');
