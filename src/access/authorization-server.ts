import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { AdapterFactory, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { Clock } from '../platform/clock/clock';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import { Keyring } from '../platform/crypto/keyring';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { audienceOf } from './access-token';
import { ApiClients } from './api-clients.service';
import { artifactAdapter } from './artifact-adapter';
import { ArtifactRepository } from './artifact.repository';
import { atPublicAddress } from './at-public-address';
import type { EndReason } from './authorization.repository';
import { Authorizations } from './authorizations.service';
import { findClient } from './find-client';
import { loadOidcProvider, noticesToLog } from './load-oidc-provider';
import { MarketplaceClients } from './marketplace-clients.service';
import { INTROSPECTION_PATH, REVOCATION_PATH } from './paths';
import { providerConfiguration, type Library } from './provider-configuration';
import { reportEvents } from './provider-events';
import { requestContexts, withRequestContexts } from './request-contexts';
import { matchesSecret } from './secret-hash';
import { SigningKeys } from './signing-keys';
import { spellToken } from './spell-token';
import { StructuredTokens } from './structured-tokens';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Running {
  /** The ids of the signing keys that it knows, in their order. */
  kids: string;
  provider: Provider;
  handle: Handler;
}

/**
 * The OAuth 2 server (RFC 6749) by oidc-provider: client credentials for the machine clients of one connector, and the
 * authorization code with PKCE for Zoom's marketplace app.
 */
@Injectable()
export class AuthorizationServer implements OnModuleInit {
  private running: Running | undefined;
  private library: Library | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly machines: ApiClients,
    private readonly marketplace: MarketplaceClients,
    private readonly authorizations: Authorizations,
    private readonly artifacts: ArtifactRepository,
    private readonly tokens: StructuredTokens,
    private readonly keys: SigningKeys,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.keys.ensure();
    this.library = loadOidcProvider(this.logger);
    // Whether they are where we look for them shows now, and not at the first token.
    requestContexts();
    await this.current();
  }

  /**
   * Whatever may fail here fails while a problem can still be answered.
   * @returns what answers the request, whose body nobody may have read yet
   * @throws AppError `payload_too_large`, or what the database throws
   */
  async prepare(request: IncomingMessage): Promise<(response: ServerResponse) => Promise<void>> {
    const { handle } = await this.current();
    const isAboutToken = [REVOCATION_PATH, INTROSPECTION_PATH].some((path) => request.url?.startsWith(path));
    const prepared = atPublicAddress(isAboutToken ? await spellToken(request) : request, this.config.publicUrl);
    return (response) => withRequestContexts(() => handle(prepared, response));
  }

  async provider(): Promise<Provider> {
    return (await this.current()).provider;
  }

  /** oidc-provider takes its keys once, so a change of keys means another one; it keeps nothing in memory that would be lost. */
  private async current(): Promise<Running> {
    if (this.library === undefined) throw new Error('the authorization server has not started');
    const keys = await this.keys.privateJwks();
    const kids = keys.map(({ kid }) => kid).join(' ');
    if (this.running?.kids === kids) return this.running;
    const { library, logger } = this;
    const provider = noticesToLog(
      logger,
      () =>
        new library.Provider(
          this.config.publicUrl,
          providerConfiguration({
            library,
            config: this.config,
            keys,
            // The same in every process, so that a browser may come back to another one.
            cookieKeys: this.keyring
              .signWithEach('authorization-server', 'cookies')
              .map((key) => key.toString('base64url')),
            adapter: this.adapter(library),
            authorizations: this.authorizations,
          }),
        ),
    );
    provider.proxy = true;
    compareHashedSecrets(provider);
    reportEvents(provider, logger);
    const running: Running = { kids, provider, handle: provider.callback() };
    this.running = running;
    return running;
  }

  private adapter({ errors }: Library): AdapterFactory {
    return artifactAdapter({
      database: this.database,
      artifacts: this.artifacts,
      authorizations: this.authorizations,
      tokens: this.tokens,
      clock: this.clock,
      findClient: (clientId) => findClient(clientId, this.machines, this.marketplace),
      invalidGrant: (detail) => new errors.InvalidGrant(detail),
      checkTarget: () => {
        const resource = this.oidcInHand()?.params?.['resource'];
        if (resource !== undefined && resource !== audienceOf(this.config)) throw new errors.InvalidTarget();
      },
      endReason: () => this.endReason(),
    });
  }

  /** The request in hand, which oidc-provider keeps in an AsyncLocalStorage. */
  private oidcInHand(): KoaContextWithOIDC['oidc'] | undefined {
    return this.library?.Provider.ctx?.oidc;
  }

  private endReason(): EndReason {
    const oidc = this.oidcInHand();
    if (oidc?.route !== 'token') return 'revoked';
    return oidc.params?.['grant_type'] === 'authorization_code' ? 'code_replayed' : 'refresh_token_reused';
  }
}

/** The stored client_secret is a hash; this is the method that the token endpoint asks. */
function compareHashedSecrets(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function (this: { clientSecret?: string }, secret: string) {
    return matchesSecret(secret, Buffer.from(this.clientSecret ?? '', 'hex'));
  };
}
