export const AUTHORIZE_PATH = '/oauth2/authorize';
export const TOKEN_PATH = '/oauth2/token';
export const REVOCATION_PATH = '/oauth2/revoke';
export const INTROSPECTION_PATH = '/oauth2/introspect';
export const JWKS_PATH = '/oauth2/jwks';
/** The pages of an authorization, followed by its id. Below /oauth, where the browser's cookie of the grant flow is sent. */
export const INTERACTION_PATH = '/oauth/interaction';
