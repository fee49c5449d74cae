import OAuth2Strategy, {
  type Metadata,
  type StateStoreStoreCallback,
  type StateStoreVerifyCallback,
  type VerifyCallback,
} from 'passport-oauth2';
import type { Attempt, AttemptStore } from './attempt.store';
import type { Provider } from './provider';
import type { TokenEndpoint, TokenSet } from './token-endpoint';

/** What the strategy reads of a request. */
export interface StrategyRequest {
  query: Record<string, string>;
  /** The browser's secret, from its cookie. */
  browser: string | undefined;
  /** The connector that is to be (re)authorised, when the start link named one. */
  connectorId: string | undefined;
  /** The authorization at us that waits for this one. */
  interaction: string | undefined;
  toConsole: boolean;
  /** Whom the emulated provider is to suggest; real ones are told nobody. */
  loginHint: string | undefined;
  /** Told what the attempt was for as soon as it is known to be a good one, also when it fails later. */
  onAttempt?: (attempt: Attempt) => void;
  signal: AbortSignal;
}

export interface Authorised {
  tokens: TokenSet;
  connectorId: string | undefined;
}

export interface StrategyOptions {
  provider: Provider;
  authorizationUrl: string;
  clientId: string;
  callbackUrl: string;
  /** Mitel documents no PKCE for CloudLink; Zoom does (RFC 7636, S256). */
  pkce: boolean;
  /** The provider is an emulator, which knows the people of the sandbox. */
  isSandbox: boolean;
  attempts: AttemptStore;
  tokenEndpoint: TokenEndpoint;
}

/** passport-oauth2 calls the store by its number of parameters: with PKCE five and four, without PKCE four and four. */
function stateStore(options: StrategyOptions, seen: WeakMap<object, Authorised>): OAuth2Strategy.StateStore {
  const begin = (request: StrategyRequest, codeVerifier: string | undefined, done: StateStoreStoreCallback): void => {
    options.attempts
      .begin({
        provider: options.provider,
        browser: request.browser ?? '',
        connectorId: request.connectorId,
        codeVerifier,
        interaction: request.interaction,
        toConsole: request.toConsole,
      })
      .then(
        (state) => done(null, state),
        (error: Error) => done(error, ''),
      );
  };
  const verify = (request: unknown, state: string, _meta: Metadata, done: StateStoreVerifyCallback): void => {
    const from = request as StrategyRequest;
    options.attempts.take(options.provider, state, from.browser).then(
      (attempt) => {
        from.onAttempt?.(attempt);
        seen.set(from, { tokens: EMPTY, connectorId: attempt.connectorId });
        // A string is taken as the PKCE verifier.
        done(null, (attempt.codeVerifier ?? true) as unknown as boolean, state);
      },
      (error: Error) => done(error, false, undefined),
    );
  };
  return options.pkce
    ? ({
        store: (
          request: unknown,
          verifier: string,
          _state: unknown,
          _meta: Metadata,
          done: StateStoreStoreCallback,
        ): void => begin(request as StrategyRequest, verifier, done),
        verify,
      } as unknown as OAuth2Strategy.StateStore)
    : ({
        store: (request: unknown, _state: unknown, _meta: Metadata, done: StateStoreStoreCallback): void =>
          begin(request as StrategyRequest, undefined, done),
        verify,
      } as unknown as OAuth2Strategy.StateStore);
}

const EMPTY: TokenSet = { accessToken: '', refreshToken: undefined, expiresInSeconds: 0, scope: '' };

export type StrategyResult = { kind: 'redirect'; location: string } | { kind: 'authorised'; authorised: Authorised };

/**
 * passport-oauth2 for the protocol (state, PKCE, redirect, callback), our own token endpoint for the exchange: the one
 * inside the library has no time limit and follows Zoom's Basic rule only by a detour.
 * It is run without passport's Express middleware: a strategy only needs four functions put on it, and its decision
 * comes back as data (docs/decisions/0004).
 */
export class ProviderStrategy {
  private readonly strategy: OAuth2Strategy;
  /** What the state store learned of a request, until the exchange is done. */
  private readonly seen = new WeakMap<object, Authorised>();

  constructor(private readonly options: StrategyOptions) {
    this.strategy = new OAuth2Strategy(
      {
        authorizationURL: options.authorizationUrl,
        tokenURL: 'https://unused.invalid',
        clientID: options.clientId,
        clientSecret: '',
        callbackURL: options.callbackUrl,
        pkce: options.pkce,
        state: true,
        store: stateStore(options, this.seen),
        passReqToCallback: true,
        skipUserProfile: true,
      } as unknown as OAuth2Strategy.StrategyOptionsWithRequest,
      (
        request: unknown,
        _access: string,
        _refresh: string,
        _params: unknown,
        _profile: unknown,
        done: VerifyCallback,
      ) => done(null, request as Express.User),
    );
    this.strategy.userProfile = (_token, done): void => done(null);
  }

  run(request: StrategyRequest): Promise<StrategyResult> {
    return new Promise((resolve, reject) => {
      const instance = Object.create(this.strategy) as OAuth2Strategy;
      instance.redirect = (location: string): void => resolve({ kind: 'redirect', location });
      instance.error = reject;
      instance.fail = (): void => reject(new Error('the OAuth strategy failed without an error'));
      instance.success = (): void => {
        const authorised = this.seen.get(request);
        if (authorised === undefined) reject(new Error('the OAuth strategy succeeded without an attempt'));
        else resolve({ kind: 'authorised', authorised });
      };
      const { loginHint } = request;
      if (this.options.isSandbox && loginHint !== undefined)
        instance.authorizationParams = (): object => ({ login_hint: loginHint });
      const library = (this.strategy as unknown as { _oauth2: object })._oauth2;
      const exchange = Object.assign(Object.create(library) as object, {
        getOAuthAccessToken: (
          code: string,
          parameters: Record<string, string>,
          done: (error: unknown, access?: string, refresh?: string, params?: unknown) => void,
        ): void => {
          this.options.tokenEndpoint
            .redeem(code, this.options.callbackUrl, parameters['code_verifier'], request.signal)
            .then((tokens) => {
              this.seen.set(request, { tokens, connectorId: this.seen.get(request)?.connectorId });
              done(null, tokens.accessToken, tokens.refreshToken, {});
            }, reject);
        },
      });
      Object.assign(instance, { _oauth2: exchange });
      instance.authenticate(request as unknown as Parameters<OAuth2Strategy['authenticate']>[0], {});
    });
  }
}
