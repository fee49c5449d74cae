import type {
  ClientAuthMethod,
  Configuration,
  KoaContextWithOIDC,
  ResourceServer,
  AdapterFactory,
  interactionPolicy,
} from 'oidc-provider';
import type { Config } from '../platform/config/config';
import { ACCESS_TOKEN_SECONDS, audienceOf } from './access-token';
import type { Authorizations } from './authorizations.service';
import type { loadOidcProvider } from './load-oidc-provider';
import { AUTHORIZE_PATH, INTERACTION_PATH, INTROSPECTION_PATH, JWKS_PATH, REVOCATION_PATH, TOKEN_PATH } from './paths';
import { SCOPES } from './principal';
import { renderAuthorizeError } from './render-authorize-error';
import { scopeToGrant } from './scope-to-grant';
import { SIGNING_ALGORITHM, type PrivateJwk } from './signing-keys';

export const CLIENT_AUTH_METHODS: ClientAuthMethod[] = ['client_secret_basic', 'client_secret_post'];
export const GRANT_TYPES = ['authorization_code', 'refresh_token', 'client_credentials'];

const DAY = 86_400;
const TTL = {
  AccessToken: ACCESS_TOKEN_SECONDS,
  AuthorizationCode: 60,
  ClientCredentials: ACCESS_TOKEN_SECONDS,
  // Ends with its authorization.
  Grant: 3650 * DAY,
  // Time to find the password of the other system, twice.
  Interaction: 1800,
  // From each use on: whoever has not asked for a token in a quarter of a year has gone.
  RefreshToken: 90 * DAY,
  // Nobody stays signed in here; see AuthorizationServer.
  Session: 60,
};

export type Library = ReturnType<typeof loadOidcProvider>;

export interface ConfigurationParts {
  library: Library;
  config: Config;
  keys: PrivateJwk[];
  /** The first one signs. */
  cookieKeys: string[];
  adapter: AdapterFactory;
  authorizations: Authorizations;
}

/** Everything that oidc-provider is told. What it may not do is switched off here, so that it need not be watched. */
export function providerConfiguration(parts: ConfigurationParts): Configuration {
  const { library, config, keys, cookieKeys, adapter, authorizations } = parts;
  const audience = audienceOf(config);
  return {
    adapter,
    jwks: { keys },
    clientAuthMethods: CLIENT_AUTH_METHODS,
    clientDefaults: {
      grant_types: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: SIGNING_ALGORITHM,
    },
    // A client secret has no business in a browser.
    clientBasedCORS: () => false,
    cookies: { keys: cookieKeys },
    // Tokens live on when the admin has closed the browser.
    expiresWithSession: () => false,
    extraClientMetadata: { properties: ['connector_id'] },
    extraTokenClaims: async (context, token) => {
      if (token.kind !== 'AccessToken') return { connector_id: context.oidc.client?.['connector_id'] };
      const connectorId = await authorizations.connectorOf(token.grantId ?? '');
      if (connectorId === undefined) throw new library.errors.InvalidGrant('the authorization has ended');
      return { connector_id: connectorId, authorization_id: token.grantId };
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      introspection: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
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
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: {
      policy: askAlways(library),
      url: (_context, interaction) => `${config.publicUrl}${INTERACTION_PATH}/${interaction.uid}`,
    },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: async (context) => {
      const grantId = context.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : context.oidc.provider.Grant.find(grantId);
    },
    pkce: { required: () => true },
    renderError: renderAuthorizeError,
    responseTypes: ['code'],
    revokeGrantPolicy: () => true,
    rotateRefreshToken: true,
    routes: {
      authorization: AUTHORIZE_PATH,
      token: TOKEN_PATH,
      jwks: JWKS_PATH,
      revocation: REVOCATION_PATH,
      introspection: INTROSPECTION_PATH,
    },
    scopes: SCOPES,
    ttl: TTL,
  };
}

/** Each authorization signs in and asks anew: which account is connected must never be a matter of who was here before. */
function askAlways({ interactionPolicy: { Check, Prompt } }: Library): interactionPolicy.DefaultPolicy {
  const ask = (name: 'login' | 'consent', error: string): interactionPolicy.Prompt =>
    new Prompt(
      { name, requestable: true },
      new Check(
        `${name}_missing`,
        'the admin must sign in and agree',
        error,
        (context) => context.oidc.result?.[name] === undefined,
      ),
    );
  return [ask('login', 'login_required'), ask('consent', 'consent_required')] as interactionPolicy.DefaultPolicy;
}

/**
 * The hook between the request and the token. Left alone, oidc-provider gives a client that asks for no scope a token
 * without any, and drops words that it does not know. A code and a refresh token have got theirs already.
 */
function resourceServer(library: Library, context: KoaContextWithOIDC, allowed: string): ResourceServer {
  const params = context.oidc.params ?? {};
  if (params['grant_type'] === undefined || params['grant_type'] === 'client_credentials') {
    const decision = scopeToGrant(typeof params['scope'] === 'string' ? params['scope'] : undefined, allowed);
    if ('refused' in decision)
      throw new library.errors.InvalidScope('the client may not have this scope', decision.refused);
    params['scope'] = decision.granted;
  }
  return {
    scope: allowed,
    accessTokenFormat: 'jwt',
    accessTokenTTL: ACCESS_TOKEN_SECONDS,
    jwt: { sign: { alg: SIGNING_ALGORITHM } },
  };
}
