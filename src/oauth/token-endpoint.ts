import type { Provider } from './provider';

/** What a token endpoint hands out. Both tokens are opaque and may be longer than 1 000 characters. */
export interface TokenSet {
  accessToken: string;
  /** undefined: the answer brought none, the old one stays valid (RFC 6749 section 6). */
  refreshToken: string | undefined;
  expiresInSeconds: number;
  scope: string;
}

/** `dead`: this refresh token will never work again. */
export type RefreshOutcome = { kind: 'tokens'; tokens: TokenSet } | { kind: 'dead'; reason: string };

/** OAuth 2.0 token endpoint of one provider (RFC 6749 sections 4.1.3 and 6). */
export abstract class TokenEndpoint {
  abstract readonly provider: Provider;

  /** @throws AppError `oauth_code_rejected`, `misconfigured`, `provider_unavailable` */
  abstract redeem(
    code: string,
    redirectUri: string,
    codeVerifier: string | undefined,
    signal: AbortSignal,
  ): Promise<TokenSet>;

  /** @throws AppError `misconfigured` (the grant lives on), `provider_unavailable` (whether it was rotated is not known) */
  abstract refresh(refreshToken: string, signal: AbortSignal): Promise<RefreshOutcome>;
}
